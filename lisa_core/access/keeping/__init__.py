"""Where accounts, sessions and the log of access lie.

`port` says what is asked of it: everything is written by one `AccessChange`, all of it or nothing, and only if the
accounts that it rests on are still as they were. `memory` is for demonstrations and tests, `sqlite` for one exchange;
a database that several exchanges share has only to keep the same promises (`tests/access/test_keeping.py`).
"""
