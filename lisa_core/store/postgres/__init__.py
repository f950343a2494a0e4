"""The exchange's store in PostgreSQL: the same log, the same chain, the same inbox, on a server of the Landkreis.

    place       which database, from a URL; what must not be said of it
    errors      what a server says, for people
    database    one connection, bounded in time, made anew beside the work
    forms       the tables and their versions
    journal     the event log and what lies beside it
    fence       a transaction of whoever may still write
    whole       is the log as it was written?
    inbox       the list of what was received, and the packages

Who opens the database gets a number of its own (`head.generation`), and every write carries it: who was succeeded
writes nothing any more. What became of a write whose answer was lost is asked before the next one, so it happens once.
"""
