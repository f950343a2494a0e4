"""What click says by itself, in German."""
