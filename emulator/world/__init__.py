"""The one truth about the physical booth, where it lives, and who acts in it.

`world.World` is an immutable state: people, door, papers, ink, lamp, what is unplugged. `world.act(state, name, args,
now_us)` gives the next one, pure; `revision` counts. Every emulated sensor samples this state and everything that a
device does to the physical booth is an act too, so all devices agree.

`live_world.HostedWorld` is the world of one process; `live_world.join_world` mirrors one that another process hosts.
`actor.EmulatedActor` is the citizen's body for scenarios; `stage_acts` are the buttons of the stage. Others that
emulate a device get a `live_world.LiveWorld`: look, act, wait for a change.
"""
