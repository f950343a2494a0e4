"""Questions about what is one's own, and what a provider does with its places by one tap.

How it works: `rows` takes what the rights show of the state; `words` and `profile_words` say it, and `can` what whoever
reads can do with it. `house_rows` are a provider's groups and places, `house_deeds` the acts of a group leader.
"""
