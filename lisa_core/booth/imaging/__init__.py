"""Foreign pictures: what is done to them, and the process with limits in which it is done."""
