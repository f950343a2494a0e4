"""What tests booths and exchanges, and nothing that runs in one. An extra of the installation: `lisa[harness]`.

    text      reads feature files              match   finds the function of each sentence
    steps     the German sentences             scene   the world that one scenario acts in
    loop      real time, or virtual time       rig     booth and exchange in one process
    choice    which scenarios a run leaves out  direct  a booth for tests without Gherkin
    plugin    all that touches pytest          report  what came of a run
    tester    asks a person at real devices    start   begins a run: `lisa run`, `lisa new folder`
    simulation  many booths, many days, no I/O   acceptance  kept runs as one document to be signed

`lisa run` begins in `start.run.run`, which starts pytest with `plugin.entry`. Nothing of the product imports this room.
Others may rely on: for steps `scene.scene.Scene` and `text.words.step`, for plugins the hooks of
`plugin.hookspecs`, `start.run.run`, `simulation.play.order.play`, and `report.messages_read.read`.
"""
