"""The portal in memory: the service on a log that nobody keeps, by a clock that a scenario sets.

Everything is done in the order in which it is asked for, in the thread of the scenario; so a run repeats bit for bit.

    portal   opens it, and lets time go by     desk    one person at it
    people   cases, and who may know of whom   opened  a list that stays open
    answers  what the service says, in the form of the portal's JSON
"""
