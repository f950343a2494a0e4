"""The Cucumber Compatibility Kit: features of others, and the messages that each of them must give.

`samples` has a row for each sample, with steps of ours that do what the kit's do; `streams` makes comparable what two
streams of messages say; `page` is the table in docs/fremde-szenarien.md, which `python -m tests.peers.kit` writes.
"""
