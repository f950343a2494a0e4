"""The case of one visit as a pure machine: papers, form, signature, and the rules that say what may follow what.

How it works: `machine.step(case, event, forms, services)` returns the next case and effects (start a scan, seal and
hand in ...). Each event has one small rule in `form_rules` or `paper_rules`. What is not allowed raises `rules.Refusal`
inside, and comes out as the same case with a notice that says why; nothing ever leaves `step` as an exception.

Others may rely on `machine`, `canonical` (the bytes that are checked, signed and sealed), `consent` (which office may
see what), `receipt` (when an application counts as received), `forms.check_value` and `letters`. `texts` has the German
sentences.
"""
