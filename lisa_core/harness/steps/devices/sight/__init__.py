"""Sentences about the camera over the table, the head that turns it, and the screen.

How it works: as the room around it. `acts` films, turns and touches, and notes on the bench what came of it; `measures`
has a row for each measure, `page_seen` finds a page in a picture.
"""
