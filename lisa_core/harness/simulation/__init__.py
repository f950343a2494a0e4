"""A nation of booths in virtual time: a heap over the pure machines of visit, case and routing. No loop, no threads.

    plan    what comes from outside, as values: arrivals, shifts, mishaps; drawn day by day from the seed
    world   what acts: booths and exchange as thin shells around the machines; lines, desks, citizens, mishaps
    rules   what must hold after every step, and what is counted
    play    runs the plan, reports, and makes the history of a broken rule short
    nation  many Landkreise, each with its own exchange and seed, in processes side by side

How a day runs: `play.run.Simulation` puts the day's shifts, and the next arrival and mishap, on `world.agenda.Agenda`.
An act steps a machine, the log is written, the commands are done at once or enter the agenda with the time that a
device or line takes, and the rules look. A day is played until 150 minutes after the last thing in its plan: by then
everybody has gone.

Why the same seed gives the same digest everywhere: time is integer microseconds; acts of one moment keep the order in
which they were entered; chance is our own (`plan.chance.Dice`: integers, keyed by seed, purpose and place, never by
when it is thrown); no set is iterated over. The digest is the SHA-256 of every line of the log.

Which is which: `world.ledger.Ledger` is the log of all programs together; `world.observations.Observations` what the
rules remember of one booth; `rules.tally.Tally` how often each rule was checked and broken; `rules.figures.Figures` the
statistics that are printed. A mishap is drawn here and comes from outside; a fault is what a device then says.
"""
