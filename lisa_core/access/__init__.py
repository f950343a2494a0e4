"""Who may: the keys of booths (`booths`), told apart from those who ask for them.

`codes` makes the one-time codes that people read aloud and type. What is decided here is decided on values, without a
network; `exchange` asks, `booth` proves, `cli` enters.
"""
