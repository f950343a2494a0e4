"""The German sentences: one module for each topic, each sentence a function that pytest-bdd registers.

A sentence is declared with `@given`, `@when` or `@then` and a pattern from `harness.text.words.step`; it asks for
`scene` and does or checks one thing there. The docstring's first line is an example of the sentence, which `lisa steps`
prints and whose open words the editor's snippets turn into tab stops. A step returns nothing: it raises
`AssertionError` when the booth is wrong, `HarnessError` when the harness is, `NotCheckedError` when nobody could look.

`library.STEP_LIBRARY` names the modules; others add theirs through the entry-point group `lisa.steps`, or in a
conftest.py beside their features.
"""
