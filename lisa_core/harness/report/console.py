"""Lines on a terminal: coloured where it can show colours, and one line that is written over while something runs."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path
from typing import TextIO

from lisa_core.host.printable import printable

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35"}
SOON_S = 0.05
_ERASE = "\r\x1b[K"


class Console:
    """Writes past pytest's capturing."""

    def __init__(self) -> None:
        self._file = _own_stdout()
        self.terminal = self._file.isatty() and os.environ.get("TERM") != "dumb"
        self._coloured = self.terminal and "NO_COLOR" not in os.environ
        self._passing = False
        self._lock = threading.Lock()
        self._waiting = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def line(self, text: str, faint: str = "", *, style: str = "") -> None:
        """One line, or several; `style` is made of "bold", "dim" and a colour, `faint` is dim."""
        begin = _ERASE if self._passing else ""
        self._passing = False
        text, faint = printable(text), printable(faint)
        if self._coloured:
            text, faint = _painted(text, style), _painted(faint, "dim")
        self._write(f"{begin}{text}{faint}\n")

    def passing(self, text: str) -> None:
        """A line that the next one takes the place of; nothing where that cannot be."""
        if self.terminal:
            width = os.get_terminal_size(self._file.fileno()).columns - 1
            self._write(f"{_ERASE}{_painted(printable(text)[:width], 'dim')}")
            self._passing = True

    def show(self) -> None:
        """Whoever reads along sees all of it now; on a terminal that is always so."""
        with self._lock:
            try:
                self._file.flush()
            except (OSError, ValueError):
                self._unheard()

    def show_soon(self) -> None:
        """Whoever reads along sees all of it within `SOON_S`, whatever happens meanwhile: a thread looks after it.

        A pipe takes as long for a line as for a hundred: this is a tenth of what a short scenario costs.
        """
        if self._thread is None and not self.terminal:
            self._thread = threading.Thread(target=self._show_again, name="lisa-console", daemon=True)
            self._thread.start()
        if not self._waiting.is_set():
            self._waiting.set()

    def close(self) -> None:
        """All is shown, and nothing is written any more."""
        self._closing.set()
        self._waiting.set()
        if self._thread is not None:
            self._thread.join()
        self.show()

    def _show_again(self) -> None:
        # `close` sets both, and nothing clears what it has set before that is seen here.
        while not self._closing.is_set():
            self._waiting.wait()
            self._waiting.clear()
            if not self._closing.wait(SOON_S):
                self.show()

    def _write(self, text: str) -> None:
        with self._lock:
            try:
                self._file.write(text)
                if self.terminal:
                    self._file.flush()
            except (OSError, ValueError):
                self._unheard()

    def _unheard(self) -> None:
        """Whoever stops reading along (`| head`, a full disk) changes nothing about the run and its report."""
        self._file = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # it lives as long as the run


def _painted(text: str, style: str) -> str:
    if not text or not style:
        return text
    codes = ";".join(_CODES[word] for word in style.split())
    head = text[: len(text) - len(text.lstrip("\n"))]
    return f"{head}\x1b[{codes}m{text[len(head) :]}\x1b[0m"


def _own_stdout() -> TextIO:
    """A way to the terminal that pytest does not capture while a step runs."""
    try:
        copy = os.dup(sys.stdout.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        return sys.stdout
    return os.fdopen(copy, "w", encoding=sys.stdout.encoding, errors="replace")
