"""What somebody can ask and do at SoJuS: value in, value out. Portal, scenarios and demonstration stand on it.

How it works: `opening.open_service` opens a `service.Service` over a folder, a database or memory. Questions are
answered by values (`found`, `mine`, `houses`, `fields`) whose fields are named as the portal's JSON names them, a
trailing "_" left off (`from_`). An act is a `deeds.Deed`: `begin` gives its future, `settle` what came of it
(`answers`). Whatever a person does wrong is a value as well, `answers.Refused`, with a German sentence. `live` is what
a process knows without asking the log: the `stock` of all that is offered, and `watching`, the open searches.
"""
