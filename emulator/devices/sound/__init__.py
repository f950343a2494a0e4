"""What is heard in the emulated booth."""
