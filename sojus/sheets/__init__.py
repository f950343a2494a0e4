"""Places as a table that a provider brings, CSV or XLSX: a preview of all it would do, and one batch, taken in or not.

How it works: `files` makes a table of bytes. `columns` knows the headings, `cells` reads one cell, `facts` a row in the
words of its field of work (`rows`). `identity` says which place a row is about, `known` finds it in the portal.
`settling` goes through facilities, groups and places (`groups`, `places`, `presence`) and puts what is to be entered
into a `plan`; `preview` holds that against the register, and `changes` tells it. `template` writes such tables.
Pure: bytes and a register in, values out; the day comes from outside.
"""
