"""What of all that is offered fits, in which order, and why the rest does not.

How it works: the register makes an `offer.Offer` of every place. `places.Places` keeps them and answers a `wish.Search`
with a `result.Result`: hits in order, misses counted, the Pareto front. `words` says why a place stands where it does,
`wish_faults` what is wrong with a search, `changes` what two results differ in.
Behind `places`: `block` (offers as sets of slots, `bits`), `asking` (a wish, asked of a block), `together` (people who
come together), `distance`. `fitting` asks the same of one offer by itself.
"""
