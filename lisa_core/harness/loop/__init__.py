"""The two loops of a run: the real one in its thread, and the virtual one whose time jumps.

pytest calls steps one after the other in the main thread; booth, exchange and desks live in an asyncio loop. The way in
is a `portal.Portal`: `run(coroutine)` returns its result or raises what it raised.

    real     the loop runs in a thread of its own, also between the steps: devices go on, calls go on
    virtual  the loop runs in the main thread and only within `run`: between two steps time stands still

In `virtual_loop.VirtualLoop` the selector never waits. When nothing is ready it adds the time until the next timer to
`now_us` and returns, so a minute of waiting takes no time. If nothing is ready and no timer is set, nothing can ever
happen again: that is a deadlock, and raised as one. Time is whole microseconds from 0; threads, sockets and
subprocesses would bring in another order and are refused, so a run repeats bit for bit.

Both portals give up a step after a limit of real time, with the stacks of all tasks. `holdup` measures how long this
program itself had no processor, for whoever judges measured times.
"""
