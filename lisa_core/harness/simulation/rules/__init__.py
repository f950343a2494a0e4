"""What must hold after every step, and what is counted: visits, papers, routing, outages, figures.

`tally.RULES` names every rule (I1 to I16 are the invariants of the domain) with its sentence. `invariants.Invariants`
joins the rules of `visit`, `papers`, `routing` and `outages`; booths and exchange call it after each step with the
state before and after. A rule looks at what was done to the booth (leg open, papers in the vault), not only at the
machine's own variables. What may be true for a moment is looked at again later, through the agenda.

A rule that does not hold becomes a `tally.Breach`; each rule counts how often it was checked, so that one that never
came up is no proof. `figures.Figures` counts waits, outcomes and answers; it judges nothing.
"""
