"""The booth's event log: what a step is worth in it, what waits for a full disk, what it tells a restarted program.

`entries.entries_of` (pure) gives the entries of a step, `names` their German names. `event_log.EventLog` writes them
before any command runs; while the disk is full `backlog.PatientLog` keeps entries, and the commands that rest on them,
in their order. After a crash `history.past` reads which visit is open and which endings may not have been heard.
"""
