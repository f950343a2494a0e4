"""The world a scenario acts in, and how long what is opened for it lives."""
