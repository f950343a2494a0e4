"""What the sentences of a scenario speak of, as pictures: her screen, the agent's desk, and who said what to whom.

    scene.glance --> moment.Moment   values: what the screen was told to show, what the desk was told, what was said
         |                           (in messages.ndjson, like everything else that came of the scenario)
         +--> studio.develop         one Chromium draws screen and desk with the product's own pages, when all has run
         +--> course.drawn           the talk between the programs as a sequence picture, drawn by hand

A run keeps values and no pictures: they cost nothing while it runs, and what is drawn of them is what the
product's pages make of them. `chromium` starts the browser and speaks with it; without one the report says so.
"""
