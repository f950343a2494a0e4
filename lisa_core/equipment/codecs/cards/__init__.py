"""Cards as a reader sees them, and nothing that stands on them. Sans-IO.

atr     what a card answers to a reset: of which kind it is
vpcd    how a program plays a card to a reader that is itself a program (vsmartcard)
"""
