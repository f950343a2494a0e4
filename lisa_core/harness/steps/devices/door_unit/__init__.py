"""Sentences about what hangs beside the door: call button, privacy glass, induction loop, lamp.

How it works: as the room around it. `acts` presses, switches and lights, and notes on the bench what came of it;
`measures` has a row for each measure.
"""
