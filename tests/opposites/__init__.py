"""For each sentence that says how something is, what it would be to say it wrongly: planted, and seen."""
