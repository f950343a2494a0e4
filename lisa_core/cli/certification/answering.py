"""What these commands have alike: lines and an exit code, or a sentence about what is wrong and the code for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from lisa_core.cli.extra import without_harness
from lisa_core.cli.vendor.language import said


def told_of(command: str, work: Callable[[], tuple[Iterable[str], int]], *, is_data: bool = False) -> int:
    """Do the work, print its lines; returns the exit code. `is_data`: they are for programs, in no language."""
    if code := without_harness(command):
        return code
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.host.machine import tell
    from lisa_core.host.printable import printable
    from lisa_core.host.program import code_of

    try:
        lines, code = work()
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for line in lines:
        click.echo(printable(line if is_data else said(line)))
    return code
