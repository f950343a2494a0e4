"""A hardware profile as it is written: found, read file by file, put together with those that it extends, judged.

Nothing here stops at the first thing that is wrong: every function notes its mistakes, each with file and line, and
goes on with what is left. `config.profile` makes a `Profile` of it, or raises all of them at once.
"""
