"""The computer we run on, and what it may lack. Knows nothing of booths, calls or cases.

Time: `clock` (the loop's microseconds, and civil time), `patience`. A program: `program` (run until a signal, exit
code, what must not be broken into), `interruption` (Ctrl-C during `lisa run`), `notices`, `allocator` and `memory`
(what was freed is overwritten). Disk: `space`, `temporary` (folders that are gone with their program),
`paths`, `data` (what is shipped along). Faults: `machine` turns errors of the system into `MachineError`, `causes` says
why something failed in German words. Input: `address` reads every address of profiles and commands, `renames` what has
another name today, `printable` what a terminal may show.

Others may rely on `clock.Clock`, `causes.cause`, `machine` and `address`.
"""
