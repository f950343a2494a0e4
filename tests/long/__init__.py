"""`make test-long` in parts of an hour at most, which go on where they were stopped (docs/adr/0056-test-time.md)."""
