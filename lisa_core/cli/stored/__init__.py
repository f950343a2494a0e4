"""What an exchange keeps, as one file and back: `lisa backup`, `lisa restore`."""
