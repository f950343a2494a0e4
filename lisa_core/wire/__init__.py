"""What runs between booth, desk and exchange: envelope, messages, and the two ends of a connection."""
