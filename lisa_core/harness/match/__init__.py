"""Which function stands behind a sentence."""
