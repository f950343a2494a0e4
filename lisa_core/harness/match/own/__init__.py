"""Sentences that a tester has made of others: `definitions` makes steps of them, `own_check` says what is wrong."""
