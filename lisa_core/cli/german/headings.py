"""What click writes around a help of ours, in German: it knows English only."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

_HEADINGS = {"Options": "Optionen", "Commands": "Befehle"}
_TEXTS = {
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "Show the version and exit.": "Die Fassung zeigen.",
    "[default: ": "[üblich: ",
    "[required]": "[nötig]",
}


class HelpContext(click.Context):
    """Of a command whose help is German, unless English is chosen."""

    def make_formatter(self) -> click.HelpFormatter:
        if self._is_english():
            return super().make_formatter()
        return _German(width=self.terminal_width, max_width=self.max_content_width)

    def _is_english(self) -> bool:
        if all(one.name != "lang" for one in self.command.params):
            return os.environ.get("LISA_LANG") == "en"
        from lisa_core.cli.vendor.language import asked

        return asked(self) == "en"


class _German(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "Aufruf: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _in_german(text)) for name, text in rows], col_max, col_spacing)


def _in_german(text: str) -> str:
    for english, german in _TEXTS.items():
        text = text.replace(english, german)
    return text


def with_headings(command: click.Command) -> click.Command:
    """The same command, and all in it."""
    command.context_class = HelpContext
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        with_headings(inner)
    return command
