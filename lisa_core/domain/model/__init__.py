"""Values that all rooms speak in. No I/O, no clock, no rules beyond what a value must be to be one.

How it works: everything is a frozen dataclass, an enum or a new name for `str` (`ids`), and is compared by value.
`values.to_json` and `values.from_json` turn each into plain JSON and back, strictly: an unknown key is an error.

    directory            the configuration of a Landkreis, with `Deadlines` and `Rules`
    case, case_events    the application a citizen and an agent work on, and what can happen to it
    screen               what the citizen's screen shows, as one value
    readings, frames     what devices report, in physical units; pictures and sound
    outcome, call_words  the closed lists of words: how a visit ended, how a call or a desk stands, why it is over
    german               names of people and offices in the right case
    errors               the family of errors: every one says in a sentence what happened and what to do
    ids, time, nearest, json_types    names, moments, "did you mean", and JSON that nobody has checked yet
"""
