"""The papers of a certification: what a tester lays into a device, beside it or on the floor, to be printed before.

`needed` reads out of the planned scenarios which papers they ask for; `draw` makes one PDF of them, A4, black on white,
each page with a line of known length to be checked with a ruler (`scale`); `chart`, `counted`, `ruler` and `floor` draw
one paper each. What is printed and what is measured on it agree by test: the PDF is drawn as pixels, and the measures
of `harness.steps.devices.chart` find on them what stands there.
"""
