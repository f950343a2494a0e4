"""What stays on the disk: the append-only event log, without any content, and what offices have received.

How it works: a program has one data folder, for its owner only. What `append` or `receive` was given is durable when
it returns. Damage is no error: work goes on with the good part, the rest is set aside under another name, and people
are told.

    fassung                          which form of data this folder has                       folder
    booth.sqlite, exchange.sqlite    table `journal`: the chained entries                     sqlite, tables, chain
                                     table `kept`: what the program needs to go on            checked_rows
    exchange.sqlite.stand            how far the log goes: the checkpoint, and the lock       checkpoint
    inbox/eingang.sqlite             the list of all that was received                        listing, list_table
    inbox/OFFICE/NUMBER.lisa.zip     one sealed submission each                               packages

or one database (`postgres`) that holds all of it; and either of them as one file (`backup`).

Others may rely on `journal` (the port, its entries and the log in memory), `sqlite.open_journal`, `inbox`, `folder` and
`postgres`.
`salvage` examines a log and sets aside what is damaged.
"""
