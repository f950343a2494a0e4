"""The emulated devices, each on its own line and in its own protocol."""
