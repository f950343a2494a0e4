"""What the driver of STU pads consists of: its lines, how one is opened, and what is watched while somebody signs."""
