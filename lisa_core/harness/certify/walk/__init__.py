"""The way from a profile and a class to a bundle (`lisa certify --profile P --class K`), also in several sittings.

    selection: which scenarios show what the class asks --> outlook: told before anything runs (--plan stops there)
    session:   what was begun, in zertifizierung.json   --> claim: one sitting at a time
    questions: who the devices are, how long the ways to them take (links), before the first scenario
    sitting:   what has not run yet, as a run like any other, until it ends or a device is gone (unopened)
    questions: the same once more, after the last
    parts:     the runs of all sittings, as one         --> packing: what the bundle is made of

What has run is never run again, whatever came of it: a resumed certification comes to the same verdict as one that was
not broken off, and nobody does anything by hand twice. That there were several sittings stands in the run.
"""
