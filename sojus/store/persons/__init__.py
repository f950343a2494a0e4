"""What is known of persons, apart from the log: of whom a case is, who acts for whom, and who looked at what.

How it works: `opening` takes the same place as the log does: a file beside it, or tables in the same database.
`persons` is what may be done: no name leaves it before it stands in the audit (`audit`) that it did. `database` is the
port to a transaction, `sqlite` and `postgres` fulfil it. `terms` lets go of what has had its time, and of its traces.
"""
