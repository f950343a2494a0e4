"""What these commands have alike: lines, or a sentence about what is wrong and the exit code for wrong input."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from lisa_core.cli.extra import without_harness


def answered(command: str, lines: Callable[[], Iterable[str]]) -> int:
    """Print the lines; the exit code."""
    if code := without_harness(command):
        return code
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.host.machine import tell
    from lisa_core.host.printable import printable
    from lisa_core.host.program import BAD_INPUT

    try:
        for line in lines():
            click.echo(printable(line))
    except LisaError as error:
        tell(str(error))
        return BAD_INPUT
    return 0
