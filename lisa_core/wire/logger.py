"""What a program writes for those who run it, by structlog, which is imported when there is something to write.

It brings rich for tracebacks: 60 ms of CPU, a twentieth of a whole run of one scenario in memory, which writes nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import structlog


class Logger:
    """The logger of this name; keys become columns."""

    def __init__(self, name: str) -> None:
        self._name = name

    def info(self, event: str, **keys: object) -> None:
        self._written.info(event, **keys)

    def warning(self, event: str, **keys: object) -> None:
        self._written.warning(event, **keys)

    def error(self, event: str, **keys: object) -> None:
        self._written.error(event, **keys)

    @cached_property
    def _written(self) -> structlog.stdlib.BoundLogger:
        import structlog

        found: structlog.stdlib.BoundLogger = structlog.get_logger(self._name)
        return found
