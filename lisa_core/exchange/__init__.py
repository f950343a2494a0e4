"""The program at the Landkreis: routing, desks, event log, signalling, inbox and the desk page.

Booths and desks dial it (`web`, `admission`); it dials nobody. One queue, one consumer (`executor.Exchange`):

    message --> router --> record --> commit --> flush
                (domain.routing)  (journal.record)

What came in together is handled together; all of it is made durable in one commit, and only then anybody hears of it.
`routing_input` turns messages into events of the router, `wording` its decisions into messages, `relay` passes on
what is said between a booth and its desk and logs nothing of it.

    peers      who is connected, the hello, the pace      desks    what desks hear of each other, in rounds; diaries
    journal    record, restart, names of entries          inbox    applications: taken, checked, kept, owed copies
    texts      German sentences for agents and operators  clocks   whose clock differs (ADR 38)

Others may rely on `executor.Exchange` (`attend_booth`, `attend_desk`, `run`) and `web.build_app`.
"""
