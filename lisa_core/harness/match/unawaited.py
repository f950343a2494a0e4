"""Coroutines that nobody awaited: what they should have done has not happened, and Python only warns of it."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import TextIO

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.text.language import say

_WORDS = "was never awaited"


class Listening:
    """Receives these warnings for the whole run: cheap, but only where nobody else records warnings."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self._kept = contextlib.ExitStack()

    def begin(self) -> None:
        self._kept.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("always", f".*{_WORDS}", RuntimeWarning)
        warnings.showwarning = self._receive

    def end(self) -> None:
        self._kept.close()

    def _receive(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        """Keeps warnings of this kind; others are of no use to the person who runs features."""
        if _WORDS in str(message):
            self.lost.append(str(message))

    def during(self, step: str) -> _During:
        """Raises `HarnessError` for what was lost meanwhile."""
        return _During(self, step)


class _During:
    """Around one step; no generator, since there is one for every step of a run."""

    __slots__ = ("_listening", "_step")

    def __init__(self, listening: Listening, step: str) -> None:
        self._listening, self._step = listening, step

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        if kind is None and (lost := self._listening.lost):
            self._listening.lost = []
            raise _error(self._step, lost[0])


class Recording:
    """Records the warnings of each step: works beside pytest's own recording."""

    @contextlib.contextmanager
    def during(self, step: str) -> Iterator[None]:
        """Raises `HarnessError` for what was lost meanwhile; every other warning is passed on."""
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            yield
        for one in seen:
            if _WORDS in str(one.message):
                raise _error(step, str(one.message))
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


def _error(step: str, what: str) -> HarnessError:
    text = "Der Schritt {name} ruft etwas auf, worauf niemand wartet (await fehlt): {what}"
    return HarnessError(say(text, name=step, what=what))
