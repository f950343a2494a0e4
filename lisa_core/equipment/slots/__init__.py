"""What a booth can hold: one typing.Protocol per slot, and the Actor who uses them. No I/O here."""
