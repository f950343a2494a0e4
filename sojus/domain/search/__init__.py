"""What of all that is offered fits, in which order, and why the rest does not."""
