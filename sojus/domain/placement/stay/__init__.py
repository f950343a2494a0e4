"""From the admission to the discharge: who is there, what the office approved of it, and what is taken back.

How it works: `presence` enters the days of a stay in the ledger of its place. On it stand `admission` (who comes,
moves, leaves), `approvals` (longer, more), `contacts` and `take_backs`. `words`: the sentences.
"""
