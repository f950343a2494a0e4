"""One booth and its exchange together in one process: what `lisa run` and `lisa up` start.

`rig.open_rig(profile, wishes)` yields a `Rig` that holds everything that runs. On the memory booth (`kind="memory"`)
the two programs meet in channels without any wire, and virtual time works; else they meet over WebSockets on loopback
and the devices are emulated or bound by the profile. Both are the real programs (`booth.executor`,
`exchange.executor`).

`line.BreakableLine` is the connection between the two, which a scenario cuts and mends; `screen_history` remembers what
the citizen's screen has shown, for steps that ask.
"""
