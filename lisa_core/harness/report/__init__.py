"""What came of a run: records, verdicts, the stream of messages, and every report made of it."""
