"""Recordings of what devices and drivers said to each other, and lines that answer out of one.

entries     what a recording consists of: values; pure
writing     as lines of JSON, reading: back again, bounded, with the line in which something is wrong
masks       what a recording must not hold: pictures, pen points, documents, names; replaced before anything is kept
recorder    a tap that keeps what passes; keepers: in a file, or in a ring of the newest
matching    what is compared of a question; dialects: which part of it is only a number of its turn
strict      plays in the recorded order and nothing else; tolerant: by what is asked, on the recording's own clock
player      a tap that answers: streams, dialogues, HID and HTTP as drivers know them
binding     `replay:FILE?mode=tolerant`, as it stands in a profile; opening: then it begins to play
session     all that is recorded and played in one booth, and what is done at its devices meanwhile

Nothing here knows a driver: what is recorded is what passed its lines (`equipment.lines.tapped.tap`).
"""
