"""A store as one file, and a store made of one: the same file for folders and databases, so it also moves between them.

    contents    what of a store is in it, whatever it lies in         archive     the file: written, checked, read
    folder      a data folder, copied while a program writes it       (a database: `store.postgres.copying`)

Nothing is ever written over something that is there, and a store is made as a whole or not at all.
"""
