"""What is printed, sealed and kept of a visit: declaration, slip, package, seal, vault."""
