"""A vendor's first day: a package with a driver that is green before anything in it is theirs.

`templates` says for which slots there is a start, `package` copies it under the name that is wanted.
"""
