"""What the citizen sees: one value, computed from visit and case, and shown.

`view.view` (pure) makes the `ScreenView` from a `Sight`; `scenes` says which picture belongs to which state, `touch`
what a button means, `texts` holds every German sentence of the booth. `page.PageScreen` serves it as a web page.
"""
