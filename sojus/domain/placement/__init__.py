"""From the request to the discharge: who gets which place, for how long it is kept, and who is told what.

How it works: `machine.handle(state, act)` takes one act (`events`: who, when, what) and returns decisions (`decisions`:
who is told what, which places changed). `machine.next_due(state)` says when to come back with `events.Elapsed`; nothing
is polled and nothing ends by itself.

`records` are what is kept of a reservation, a request, an admission; `state.Placements` holds them beside the register.
The rules are in `reservations`, `waiting`, `requests` and `stay`, on what they share in `moves`; sentences in `words`.
`watching`: who is told of what nobody asked for at that moment. `rows`: whose something is. `over`: what
leaves when it has been over for long.
Statistics and notices will be counted from the acts: each says who did what when, and a refused one is an act as well.
"""
