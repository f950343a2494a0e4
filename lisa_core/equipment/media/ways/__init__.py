"""The ways of a leg: what is asked of relays, and what comes of it.

Descriptions are made in `media.peer`; the values are `domain.model.media.media_ways`. aioice is asked here and changed
in `media.tuning` only.
"""
