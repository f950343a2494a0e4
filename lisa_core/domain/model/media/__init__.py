"""Values about picture and sound of a call that are more than frames: over which servers they go.

They are said by the exchange, used by both ends, and shown to nobody.
"""
