"""What a reader of the law and of the service needs, pure: values, and three machines side by side.

How it works: `model` holds values only. `visit`, `routing` and `case` are machines: they are given their state, an
event and the time, and return the new state and what is to be done. They neither read a clock nor a file, never wait,
and raise for nothing that a citizen, an agent or a device may do. Who calls them (`booth.executor`,
`exchange.executor`, the simulation) owns time, journal and devices, and carries out what they return.

    visit    one booth: who is inside, who talks, how the visit ends                visit.machine.step
    case     one booth: papers, form, signature, handing in                         case.machine.step
    routing  one Landkreis: which desk rings for which call, and what comes next    routing.router.Router.decide

The machines know `model` and not each other: what one has to tell another goes through the program that runs both.
"""
