"""Commands for whoever brings a device: what stands in his profile, and what hangs on his computer."""
