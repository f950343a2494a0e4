"""Commands that read scenarios and run none."""
