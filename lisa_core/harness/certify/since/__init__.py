"""What an earlier certification still shows: only what a change can reach is measured again.

    effects: what is different between two bundles --> which scenarios that reaches, and why
    choice:  before a run, what of it has to run;  after it, on what the bundle leans
    union:   whoever checks works all of it out again from the bundles themselves, and what follows for the whole

In doubt a scenario runs again. The rules are a table in docs/adr/0092.
"""
