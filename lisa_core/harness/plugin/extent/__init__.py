"""How far a run reaches: `choosing` leaves out what nobody asked for, `scope` says which requirements it covers,
`census` whether others took something out of it.

A requirement that is shown by no scenario is a mistake only where a run has all the scenarios of its folder; parts of a
run together have them.
"""
