"""Questions about what is offered: the stock of all places, searches that are open, and how they are said.

How it works: `live` hears what was done. It makes the places that an act has changed anew in its `stock`, and tells the
open searches (`watching`) that it concerns. `finding` answers questions by them, `hits`, `occupancy` and `change_words`
put the answers into words.
"""
