"""`lisa`, the console script. It imports next to nothing, so that Ctrl-C finds it ready from the first moment."""

from __future__ import annotations

import os
import signal
import sys

BAD_USAGE, INTERRUPTED = 4, 130


def main() -> None:
    """Run the command line. Bad usage ends with 4, as DESIGN has it."""
    signal.signal(signal.SIGINT, _leave_at_once)
    import click

    from lisa_core.cli.commands import lisa

    try:
        code = lisa.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = BAD_USAGE
    except click.Abort:
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


def _leave_at_once(number: int, frame: object) -> None:
    """Ctrl-C while modules are still imported: nothing is open yet, and an import must not swallow it.

    What opens something takes Ctrl-C over: `run_program`, and pytest in `lisa run`.
    """
    os._exit(INTERRUPTED)
