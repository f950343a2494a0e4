"""What is written in a feature file, and what is wrong with it; the sentences of the harness in both languages.

`document.read(path)` makes a `FeatureText` of a file, or raises `findings.FeatureError` with every `Finding` in it:
file, line, what is wrong, what to do. `lint` and `tags` find more in a text that could be read. `words` holds the kinds
of words that a sentence may leave open (`TYPES`: a duration, an agent, a paper) and `step`, with which patterns are
made.

`language.say("German sentence", ...)` is how the harness speaks to people; `english` holds the twin of each sentence.
`former_words` knows sentences and tags by the names they had: they are read as the new ones, and `lisa migrate`
rewrites them. Nothing here knows pytest.
"""
