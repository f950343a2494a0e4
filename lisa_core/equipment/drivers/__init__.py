"""One driver per file: a protocol over a transport, fulfilling a slot."""
