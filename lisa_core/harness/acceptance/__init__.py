"""The acceptance of a whole system: one document made of kept runs, for two parties to sign (`lisa abnahme`).

    kept.kept_runs (messages.ndjson, by their digest) --> takes: which run decides which scenario
         |                                                   |
         v                                                   v
    defects: what was red, and what became of it     shown: what follows for each requirement
         |                                                   |
    book (abnahme.toml: classes that people set) --> document.Document --> draw (PDF), data (JSON)

Runs are only read, and the document says no more than they saw: what no run executed is not shown, a run with emulated
devices proves programs, a pass of another version or in another setting mends nothing. A class is set by a person or
not at all; until each defect has one, every page says "Entwurf". The same runs and the same book give the same bytes.
"""
