"""Sentences about microphone and loudspeaker themselves.

How it works: as the room around it. `acts` lets somebody speak or plays a tone, and notes on the bench what came of it;
`levels` says how loud a block is, `measures` has a row for each measure.
"""
