"""The command line: thin. Parse, call, print.

`main` is the console script: it imports next to nothing, so that Ctrl-C is heard from the first moment.
`commands.Commands` imports a command when it is called; one module for each of ours, others through the entry-point
group `lisa.commands` (`announced`). What a command then does stands in the room that it belongs to, or for programs
that run on in `start`.

`extra` says what to install where a command needs the extra `harness` and it is missing. An option by a former name is
understood and told once (`host.renames`). Nobody imports this room.
"""
