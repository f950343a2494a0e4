"""The world a scenario acts in, and how long what is opened for it lives.

`scene.open_scene(settings)` is the context of one scenario. Its first steps say how it is set (`setting.Setting`: site,
time, deadlines, offices and agents added to the Landkreis); the first step that acts starts the rig, and from then on
setting up is refused. `scene.Scene` is what steps work with: the citizen's body, the desks (`seats`), what is shown
as evidence and what is measured (`stopwatch`).

Every step runs in a task of its own, but a task group must be left by the task that entered it. So `resources.Held`
opens the scene in a task that stays until the end, and runs each step beside it: if the booth ends by itself, the
step that runs is given up at once and says why.

`Scene` here is a scenario's world; the state of the citizen's screen is `domain.model.screen.ScreenScene`.
"""
