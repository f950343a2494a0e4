"""Who is connected: one peer per booth or desk, which outlives its connections.

`hello` admits or refuses whoever dials, `peers` keeps session, numbering and what waits to be sent, `pace` lets one
peer have only so many messages waiting, so that others have their turn.
"""
