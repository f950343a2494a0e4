"""A program of this machine that works for us over pipes, and is gone afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping

PIPE, QUIET = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
NO_SETTINGS: Mapping[str, str] = {}


def environment() -> Mapping[str, str]:
    """Ours, but that what is said is not translated: it is read, and words have languages."""
    return {**os.environ, "LC_ALL": "C"}


@contextlib.asynccontextmanager
async def running(
    *program: str,
    package: str,
    failing: type[Exception],
    stdin: int = QUIET,
    stderr: int = QUIET,
    settings: Mapping[str, str] = NO_SETTINGS,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run it in a session of its own: Ctrl-C at our terminal is ours. Its output is a pipe; what it complains is lost
    unless `stderr` is one, too. `settings`: what its environment holds beside ours.

    Raises `failing` with German words that stand in a sentence, when it is not there (`package` of Debian has it) or
    cannot be started.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *program, stdin=stdin, stdout=PIPE, stderr=stderr, env={**environment(), **settings}, start_new_session=True
        )
    except FileNotFoundError:
        raise failing(f"das Programm „{program[0]}“ fehlt (Debian: {package})") from None
    except OSError as error:
        raise failing(f"„{program[0]}“ lässt sich nicht starten ({error.strerror})") from None
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.communicate())  # its pipes are emptied and closed then, too
