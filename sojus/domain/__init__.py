"""What providers keep, what youth offices look for, and who gets what: pure values and decisions.

How it works: `model` holds ids, units and days. `field` is the vocabulary of one field of work; no code knows a word of
it.
`search` looks at `search.offer.Offer`, what a search sees of one place at one moment, and at nothing else.
`register` is what providers keep and give in; `register.offering` makes offers of it. `placement` is the machine:
requests, reservations, waiting lists, admissions.
Today and now come in from outside; nothing here reads a clock, a file or chance.
"""
