"""A nation of booths in virtual time: a heap over the pure machines of visit, case and routing. No loop, no threads."""
