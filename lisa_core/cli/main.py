"""`lisa`, the console script. It imports next to nothing, so that Ctrl-C finds it ready from the first moment."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

HARNESS, BAD_USAGE, MACHINE, INTERRUPTED = 3, 4, 5, 130


def main() -> None:
    """Run the command line. Bad usage ends with 4, as DESIGN has it."""
    _listen()
    from lisa_core.harness.garbage import end_uncollected, start_uncollected
    from lisa_core.host.allocator import start_overwriting

    start_overwriting(sys.argv[1:])
    start_uncollected(sys.argv[1:])
    code = _call()
    end_uncollected(sys.argv[1:])
    _leave(code)


def _call() -> object:
    import click

    from lisa_core.cli.commands import lisa

    code: object
    try:
        code = lisa.main(standalone_mode=False)
    except click.ClickException as error:
        _show(error)
        code = BAD_USAGE
    except click.Abort:
        code = INTERRUPTED
    except BrokenPipeError:
        code = HARNESS
    except (OSError, MemoryError) as error:
        code = _of_machine(error)
    except Exception:  # noqa: BLE001  # nothing above it would tell what its exit code means
        # Nothing was said about what was tested: no failure of it may be read out of this.
        import traceback

        traceback.print_exc()
        code = HARNESS
    return code


def _show(error: click.ClickException) -> None:
    """What was wrong with the usage, in the language that was asked for; without a command that of the variable."""
    import click

    from lisa_core.cli.german.usage import wrong_usage
    from lisa_core.cli.vendor.language import asked, said
    from lisa_core.harness.text.language import speaking

    context = error.ctx if isinstance(error, click.UsageError) else None
    if (asked(context) if context else os.environ.get("LISA_LANG")) != "en":
        click.echo(f"Fehler: {wrong_usage(error)}", err=True)
        return
    with speaking("en"):
        error.message = said(error.message)  # type: ignore[misc]  # final to whoever catches it; it is shown here
    error.show()


def _of_machine(error: BaseException) -> int:
    """What the machine lacks gets a sentence; anything else of the system is a fault of ours."""
    from lisa_core.host.machine import of_machine, tell

    if told := of_machine(error):
        tell(str(told))
        return MACHINE
    import traceback

    traceback.print_exception(error)
    return HARNESS


def _listen() -> None:
    """`lisa run` owes a report, whenever it is interrupted; whatever else is still being imported may end at once."""
    if sys.argv[1:2] == ["run"]:
        from lisa_core.host.interruption import RUN

        RUN.listen()
        RUN.owe()
    else:
        signal.signal(signal.SIGINT, _leave_at_once)


def _leave(found: object) -> None:
    """End with this code, also when nobody reads what was said (`| head`)."""
    code = found if isinstance(found, int) else 0
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said; Python's own end would let a late one kill it
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)


def _leave_at_once(number: int, frame: object) -> None:
    """Ctrl-C while modules are still imported: nothing is open yet, and an import must not swallow it.

    What opens something takes Ctrl-C over: `run_program`.
    """
    os._exit(INTERRUPTED)
