"""What the exchange must not lose: written before anything is told, read again after a kill.

`record.Record` collects entries and messages of one burst and commits them together. `recovery.recover` builds router,
peers and remembered endings again from the newest snapshot and the entries since; `remembered` and `endings` are what
is known of ended visits, `names` the German names of entries.
"""
