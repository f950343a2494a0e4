"""What is kept: the append-only event log, without any content, and what offices have received."""
