"""What is over: on which day each case ended, and what of it stands there no longer.

How it works: `ends` says of a row on which day it ended, and so of a case; for how long of whom it is may be known
follows from that (`sojus.domain.rights.retention`). `forgetting` lets go, on a new day, of what is over for long.
"""
