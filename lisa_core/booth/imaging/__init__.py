"""Foreign pictures: decoded in a process of its own with limits of time and memory (ADR 34).

`pictures` says what is to be done to a picture, `workshop.Apart` keeps the process, asks it and ends it with the
visit, `picture_process` is what runs in there. A picture that is too large or takes too long costs that process only.
"""
