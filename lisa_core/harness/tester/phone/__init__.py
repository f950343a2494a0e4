"""The tester's page on a phone inside the booth: the one page that is served elsewhere than on loopback (ADR 89).

`place` reads `--listen` and binds; `certificate` makes what TLS needs, for this run only; `pairing` says which phone is
the one that may answer, by a one-time code; `person` says what an answer is worth; `served` is the application, a table
of few addresses and nothing else; `opened` holds it all open as long as the run lasts. `words` has the page's texts and
`drawings` which drawing goes with what is asked. The panel is that of the terminal: two views of one question.
"""
