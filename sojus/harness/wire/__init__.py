"""The portal on the wire: `lisa portal` as a program of its own, and a client that knows nothing of it but its JSON.

    program   starts it on a folder, at an hour that a scenario says, and ends it
    prepared  what stands in that folder before: places as providers gave them in, offices, accounts
    desk      one person at it: log-in, questions, acts
    opened    a list that stays open
    bodies    which address an act has, and what is said there
    stream    what it tells without being asked, as server-sent events

Time goes by as it does for a program: it is ended, and started again on the same folder at a later hour.
"""
