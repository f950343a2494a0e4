"""What providers keep: who they are, their groups and places, rates, stays, what is closed, what they confirmed.

How it works: `entries` are the values as they are given in. `intake.take_in` checks a whole batch of them, by `checks`,
`facility_checks` and `group_checks`, and takes in all or nothing; every mistake says where it is and why.
`book.Register` holds what was taken in, `ledger` counts days, and `offering.offers` says what a search may see of it.
"""
