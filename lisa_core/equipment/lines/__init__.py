"""How bytes reach a device: serial, HTTP, or two ends joined in memory. No meaning is known here."""
