"""Where accounts, sessions and the log of access lie.

`port` says what is asked of it: everything is written by one `AccessChange`, all of it or nothing, and only if the
accounts that it rests on are still as they were. `memory` is for demonstrations and tests, `sqlite` for one exchange,
`in_database` for several on one database; all keep the same promises (`tests/access/test_keeping.py`).
"""
