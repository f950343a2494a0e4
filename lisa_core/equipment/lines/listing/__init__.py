"""What there is to open, as the system tells it, before anything is opened."""
