"""The emulated card reader and the cards that are laid on it.

It is a program that plays a card to a reader, by vpcd's protocol: our driver asks it directly, and so does vsmartcard's
virtual reader, behind which every program of the system sees it.
"""
