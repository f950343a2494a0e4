"""English for those who make devices: every sentence of their day has its twin (ADR 94)."""
