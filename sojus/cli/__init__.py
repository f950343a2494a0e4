"""`lisa portal`: SoJuS on the command line.

`portal` parses and calls; `told` is what was typed, read before anything is opened; `start` runs it, `check` looks
only, `members` keeps who acts for which office. Each command imports only what it runs.
"""
