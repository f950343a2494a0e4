"""Playing a simulation: ordered, run, reported, shortened and told as a scenario.

    prepared = order.prepare(order.SimulationOrder(booths=9, days=20, seed=7, faults="all"), order.load_people())
    result = order.play(prepared)                 # run.SimulationResult: digest, figures, breaches
    shrunk = order.shorten(prepared, result.breaches[0])

`run.Simulation` wires the world together and plays day after day. `report` says in German what came of it.
`shrink.Shrinker` leaves out arrivals, mishaps and shifts as long as the rule still breaks, limited in machine steps and
not in seconds, so that one seed gives one history on every machine. `story` and `story_steps` tell that history line by
line, and as a feature file that `lisa run` plays.
"""
