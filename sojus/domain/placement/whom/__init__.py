"""For whom places are kept: what a house reads of them, without a name, where they fit, how much is kept at once.

How it works: `profile` checks what an office says, and says which places of a group fit somebody like that; `at_once`
counts what is kept for one case on the same days.
"""
