"""The page on which a person plays the citizen: "Simulierte Kabine", part of `lisa up`.

`stage.build_stage(world, screen_url)` is the page's server. It mirrors the world after every change, and each button is
an act of `emulator.world.stage_acts`; what cannot be done is refused there, in German. The citizen's own screen is
embedded, so what is touched is the booth's real page.
"""
