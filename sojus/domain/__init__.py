"""What providers keep, what youth offices look for, and who gets what: pure values and decisions.

How it works: `model` holds ids and units. `field` is the vocabulary of one field of work; no code knows a word of it.
`search` looks at `search.offer.Offer`, what a search sees of one place at one moment, and at nothing else.
Today and now come in from outside; nothing here reads a clock, a file or chance.
"""
