"""Which function stands behind a sentence, decided for the whole run before its first step.

    sentence --> step_index: every definition that this folder sees --> which ones match?
                   none        advice: another unit, an invisible character, the nearest sentences with its own words
                   one         check: table and text below it as the function wants them? then it is planned
                   several     check: a finding that names all of them; a step cannot be replaced

pytest-bdd registers a step as a fixture of its module or conftest.py, so what a folder sees follows pytest's own rules.
`step_index.StepIndex` remembers the definitions of each folder and the answer for each sentence. Unlike pytest-bdd it
never takes the last of several. `former_words` of `harness.text` is asked only where nothing matches.

What is planned is looked at word by word before anything runs: `values` has the kinds of words, `known` what there is
in the Landkreis and the booth of the run's profile, `value_check` goes through a scenario with both.

`bridge` wraps every registered function for the length of the run, so that `async def` steps go through the portal of
`harness.loop`, a forgotten `await` fails (`unawaited`), and a step that blocks is broken into (`limits`).
`catalogue` lists the same registry for `lisa steps`, `legend` what may stand in its sentences.
"""
