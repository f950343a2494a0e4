"""Programs of others at our devices, and our drivers at theirs."""
