"""What the booth's event log is told, what waits for a full disk, and what it says of earlier runs."""
