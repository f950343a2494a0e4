"""One visit of one booth as a pure state machine: (state, event, context) -> (state, commands).

How it works: `perception.step` turns sensor readings into events (debounced); `machine.step` takes an event and returns
the next state and commands; `states.due_us` says when the state is over at the latest. The booth's executor feeds both,
sets one timer for `due_us`, and carries out the commands. `machine` tells how the states hang together.

Others may rely on `machine.step`, `states`, `events` and `perception`. `talk` and `departure` are parts of the machine.
`state_space` walks all reachable states: tests and the diagram in docs/besuch.md are made of it.
"""
