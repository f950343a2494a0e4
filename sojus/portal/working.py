"""Threads for what may wait: a question about what is one's own waits while an act is decided, and that for the disk.

What is offered is asked in threads of its own (`quick`): whoever waits for a database that hangs takes none of them;
and so are files (`file`), each of which may take seconds. Of one person only so much is done at once (`OwnLines`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Generic, ParamSpec, TypeVar

A = TypeVar("A")
T = TypeVar("T")
P = ParamSpec("P")
THREADS, FILE_THREADS, MOST_WAITING = 8, 2, 2_000


class TooBusy(Exception):
    """More wait already than will be answered in time."""


class Workers:
    """Of one portal, on its loop."""

    def __init__(self) -> None:
        self._pool, self._quick = ThreadPoolExecutor(THREADS, "portal"), ThreadPoolExecutor(THREADS, "quick")
        self._files = ThreadPoolExecutor(FILE_THREADS, "files")
        self._waiting = 0

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What it returns. Raises what it raises, and `TooBusy`."""
        return await self._done(self._pool, partial(work, *args, **kwargs))

    async def quick(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, for what waits for no act and no database."""
        return await self._done(self._quick, partial(work, *args, **kwargs))

    async def file(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, for a table that is read or written."""
        return await self._done(self._files, partial(work, *args, **kwargs))

    async def _done(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        for pool in (self._pool, self._quick, self._files):
            pool.shutdown(wait=False, cancel_futures=True)


class OwnLines:
    """Of one person so many things are done at once; what she wants beyond that waits in a line of hers, where it takes
    nobody's thread."""

    def __init__(self, at_once: int, most: int) -> None:
        self._at_once, self._most = at_once, most
        self._lines: dict[str, asyncio.Semaphore] = {}
        self._many: Counter[str] = Counter()

    @contextlib.asynccontextmanager
    async def turn(self, whose: str) -> AsyncIterator[None]:
        """Held while it is done; "" waits for nobody. Raises `TooBusy` where more than `most` of hers are not done."""
        if self._many[whose] >= self._most:
            raise TooBusy
        if not whose:
            yield
            return
        self._many[whose] += 1
        line = self._lines.setdefault(whose, asyncio.Semaphore(self._at_once))
        try:
            async with line:
                yield
        finally:
            self._many[whose] -= 1
            if not self._many[whose]:
                del self._many[whose], self._lines[whose]


class InOneGo(Generic[A, T]):
    """Small questions that many ask at once: those that wait are answered in one go, and not in a thread each.

    `answer` is called in a thread; what it raises is raised for that one alone.
    """

    def __init__(self, workers: Workers, answer: Callable[[A], T]) -> None:
        self._workers, self._answer = workers, answer
        self._waiting: list[tuple[A, asyncio.Future[T]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: A) -> T:
        """Its answer. Raises as `answer` does, and `TooBusy`."""
        mine: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, mine))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await mine

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._one_go(batch)
        finally:
            self._task = None

    async def _one_go(self, batch: Sequence[tuple[A, asyncio.Future[T]]]) -> None:
        try:
            answers = await self._workers.quick(self._all, [question for question, _ in batch])
        except TooBusy as busy:
            answers = [busy] * len(batch)
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if waiting.done():  # whoever asked has gone
                continue
            if isinstance(answer, Exception):
                waiting.set_exception(answer)
            else:
                waiting.set_result(answer)

    def _all(self, questions: Sequence[A]) -> Sequence[T | Exception]:
        return [self._tried(one) for one in questions]

    def _tried(self, question: A) -> T | Exception:
        try:
            return self._answer(question)
        except Exception as error:  # noqa: BLE001  # it is raised again where it was asked
            return error
