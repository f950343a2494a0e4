"""A program's main coroutine, run until it ends, Ctrl-C, SIGTERM or SIGHUP; its last word is an exit code."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from lisa_core.domain.model.errors import HarnessError, LisaError, MachineError
from lisa_core.host.causes import told_by
from lisa_core.host.machine import of_machine, tell
from lisa_core.host.notices import tell_once
from lisa_core.host.patience import patience

OK, HARNESS, BAD_INPUT, MACHINE, INTERRUPTED = 0, 3, 4, 5, 130
LET_GO_S = 8.0
"""Seconds after Ctrl-C until the program ends in any case; meanwhile an open visit is wiped."""
OPEN_S, CLOSE_S = 20.0, 5.0
"""Seconds that the code of others may take to open something, and to let go of it."""
T = TypeVar("T")
SIGNALS = tuple(filter(None, (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))))


@contextlib.contextmanager
def unbroken(numbers: Collection[signal.Signals]) -> Iterator[None]:
    """What comes while the body runs is heard after it; a process that begins in it begins with these blocked.

    Blocking alone is not enough: a library's thread that does not block them gets them then, and Python runs the
    handler in the main thread all the same, in the middle of the body; and that thread may be slow, so that the handler
    runs while the old ones are put back. For the main thread, as `signal.signal` is.
    """
    came: list[int] = []
    over = False
    before = {number: handler for number in numbers if (handler := signal.getsignal(number)) is not None}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())

    def hold(number: int, frame: object) -> None:
        if not over:
            came.append(number)
            return
        signal.signal(number, before[signal.Signals(number)])
        signal.raise_signal(number)

    try:
        for number in before:
            signal.signal(number, hold)
        signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)  # first: an old handler may raise as soon as it is back
        over = True
        for number, handler in before.items():
            signal.signal(number, handler)
        for one in came:
            signal.raise_signal(one)


def run_program(main: Coroutine[object, object, None]) -> int:
    """Run `main`; returns 0, 130 after Ctrl-C, 3 when the harness failed, 4 for bad input, 5 for what the machine
    lacks. No traceback for any of them."""
    try:
        return asyncio.run(_until_signal(main))
    except (LisaError, OSError, MemoryError, BaseExceptionGroup) as error:
        first = first_error(error)
        told = first if isinstance(first, LisaError) else of_machine(first)
        if told is None:
            raise
        return _say(told)


def told_code(work: Callable[[], None]) -> int:
    """Do something short; returns 0, or what `run_program` would for what went wrong, told in a sentence."""
    try:
        work()
    except LisaError as error:
        return _say(error)
    return OK


@contextlib.asynccontextmanager
async def beside(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run `work` while the body runs, and end it then. Should it fail before, the body is cancelled and that raised."""
    body, task = asyncio.current_task(), asyncio.create_task(work)

    def give_up(ended: asyncio.Task[None]) -> None:
        if body is not None and not ended.cancelled() and ended.exception():
            body.cancel()

    task.add_done_callback(give_up)
    try:
        yield
    except asyncio.CancelledError:
        if body is not None and task.done() and not task.cancelled() and (error := task.exception()):
            body.uncancel()
            raise error from None
        raise
    finally:
        task.remove_done_callback(give_up)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextlib.asynccontextmanager
async def held(
    opened: Callable[[], AbstractAsyncContextManager[T]], package: str, fault: Callable[[str], LisaError]
) -> AsyncIterator[T]:
    """Hold open what somebody else's code opens. Whatever it raises, and a wait without end, is told by `fault`.

    What goes wrong when it is closed is told and stops nobody: by then everything has been done with it.
    """
    try:
        async with patience(OPEN_S):
            manager = opened()
            found = await manager.__aenter__()
    except LisaError:
        raise
    except TimeoutError as error:
        raise fault("antwortet beim Öffnen nicht") from error
    except (Exception, SystemExit) as error:
        raise fault(f"scheitert beim Öffnen ({told_by(error, package)})") from error
    try:
        yield found
    except BaseException as ended:
        await _close(manager, ended, package, fault)
        raise
    else:
        await _close(manager, None, package, fault)


async def _close(
    manager: AbstractAsyncContextManager[object],
    ended: BaseException | None,
    package: str,
    fault: Callable[[str], LisaError],
) -> None:
    try:
        async with patience(CLOSE_S):
            await manager.__aexit__(type(ended) if ended else None, ended, ended.__traceback__ if ended else None)
    except (Exception, SystemExit) as error:
        if error is ended:
            return
        first, task = first_error(error), asyncio.current_task()
        if isinstance(ended, asyncio.CancelledError) and task is not None and not task.cancelling():
            # Nobody else has cancelled: something of its own has failed meanwhile.
            told = first if isinstance(first, LisaError) else fault(f"ist gescheitert ({told_by(error, package)})")
            raise told from error
        why = "keine Antwort in der Zeit" if isinstance(error, TimeoutError) else told_by(error, package)
        tell_once(str(fault(f"scheitert beim Schließen ({why})")))


def first_error(error: BaseException) -> BaseException:
    """The first plain error inside nested groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def _until_signal(main: Coroutine[object, object, None]) -> int:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signals: list[int] = []

    def caught(number: int) -> None:
        signals.append(number)
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, caught, number)
    task = asyncio.create_task(main)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
    for _ in range(2):  # so late the loop tells of a signal that came while `main` was at its last
        await asyncio.sleep(0)
    stopping.cancel()
    if not signals:
        task.result()
        return OK
    code = INTERRUPTED if signal.SIGINT in signals else OK
    task.cancel()
    with contextlib.suppress(TimeoutError):
        async with patience(LET_GO_S):  # what had no processor meanwhile wipes its visit all the same
            await asyncio.wait((task,))
    if not task.done():
        os._exit(code)  # closing the loop would wait for whatever still holds on
    with contextlib.suppress(asyncio.CancelledError):
        task.result()
    return code


def _say(error: LisaError) -> int:
    tell(str(error))
    return code_of(error)


def code_of(error: LisaError) -> int:
    """The exit code of a program that ends with this error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), BAD_INPUT)


_CODES: tuple[tuple[type[LisaError], int], ...] = ((HarnessError, HARNESS), (MachineError, MACHINE))
