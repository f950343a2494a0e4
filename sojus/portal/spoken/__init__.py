"""What somebody says to the portal, and what it means.

`said` reads a JSON object strictly, each key once and within bounds; `wishes` makes a search of it, `acts` an act.
Every mistake is a German sentence that names its place. Nothing is decided here.
"""
