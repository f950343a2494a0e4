"""What is wrong with feature files, told to people and to programs: `lisa lint`.

    text.findings.Finding --> place.place_of: the columns of the words that it speaks of
            |
            v
    formats.formatted: text (a line each, as editors read it) · json · github (annotations) · sarif (`sarif.document`)

`rules.RULES` says of each rule in a sentence what it is; docs/regeln.md shows an example of each, made by a test.
Nothing here finds anything: that does `start.look`, with the checks of `text` and `match`.
"""
