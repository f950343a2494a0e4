"""`--lang`: the language of a command, chosen before its other options are read, so that these are told in it too."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterable
from typing import TypeVar

import click

_C = TypeVar("_C", bound=click.Command)
_F = TypeVar("_F", bound=Callable[..., object] | click.Command)
Choose = Callable[[click.Context, click.Parameter, str], None]


def said(text: str) -> str:
    """What a room has said, in the language of this command."""
    from lisa_core.harness.text.language import spoken

    if spoken() == "de":
        return text
    from lisa_core.harness.text.translation import in_english

    return in_english(text)


def _choose(ctx: click.Context, param: click.Parameter, language: str) -> None:
    from lisa_core.harness.text.language import choose
    from lisa_core.host.machine import tell_through

    choose(language)
    tell_through(said)


def language(of: str, choose: Choose | None = None) -> Callable[[_F], _F]:
    """The option `--lang`; `of` is what is in that language, as its help says it in German.

    With `choose` the language is told to that, else to the command itself.
    """
    return click.option(
        "--lang",
        type=click.Choice(["de", "en"]),
        default="de",
        envvar="LISA_LANG",
        show_default=True,
        is_eager=True,
        help=f"Sprache {of}; ohne Angabe die der Variablen LISA_LANG.",
        expose_value=choose is None,
        callback=choose,
    )


LANG = language("von allem, was Menschen lesen", _choose)
"""For commands whose rooms speak German only; `said` is for what they print."""


class InBothLanguages(click.Command):
    """A command whose help is in the chosen language, too."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help is asked for before the variable is looked at; what was typed before it has been."""
        from lisa_core.harness.text.language import speaking

        with speaking(asked(ctx)):
            click.Command.format_help(in_english(self) if is_english() else self, ctx, formatter)


class GroupInBothLanguages(InBothLanguages, click.Group):
    """A group whose help is in the language that the variable names, with one line for each of its commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shown = [one for name in self.list_commands(ctx) if (one := self.get_command(ctx, name)) is not None]
        shown = [in_english(one) if is_english() else one for one in shown]
        width = formatter.width - 6 - max(len(one.name or "") for one in shown)
        with formatter.section("Commands"):
            formatter.write_dl([(one.name or "", one.get_short_help_str(width)) for one in shown])


def is_english() -> bool:
    """Whether help is to be in English."""
    from lisa_core.harness.text.language import spoken

    return spoken() == "en"


def asked(ctx: click.Context) -> str:
    """The language that was typed, else that of the variable."""
    from lisa_core.harness.text.language import spoken

    if "lang" in ctx.params:
        return str(ctx.params["lang"])
    return spoken() if ctx.get_parameter_source("lang") is not None else os.environ.get("LISA_LANG", "de")


def in_english(command: _C) -> _C:
    """The same command, described in English as far as somebody has translated it."""
    from lisa_core.harness.text.english.helps import HELPS
    from lisa_core.harness.text.english.options import METAVARS, OPTIONS

    english = copy.copy(command)
    english.help = HELPS.get(command.name or "", command.help)
    english.params = [copy.copy(one) for one in command.params]
    for one in english.params:
        one.metavar = METAVARS.get(one.metavar, one.metavar) if one.metavar else one.metavar
        if isinstance(one, click.Option) and one.help:
            one.help = OPTIONS.get(one.help, one.help)
    return english


class InItsOwnPackage(InBothLanguages):
    """A command of a package that may not know the harness: `--lang`, and help in the chosen language, all the same."""

    def __init__(self, theirs: click.Command) -> None:
        super().__init__(theirs.name, theirs.context_settings, theirs.callback, [*theirs.params], theirs.help)
        self._theirs = theirs
        if all(one.name != "lang" for one in self.params):
            LANG(self)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ending = _Said(width=formatter.width)
        self._theirs.format_epilog(ctx, ending)
        formatter.write(ending.getvalue())


class GroupInItsOwnPackage(GroupInBothLanguages):
    """The same of a group; its commands stay as they are."""

    def __init__(self, theirs: click.Group) -> None:
        super().__init__(
            theirs.name,
            theirs.commands,
            invoke_without_command=theirs.invoke_without_command,
            callback=theirs.callback,
            params=[*theirs.params],
            help=theirs.help,
        )
        if all(one.name != "lang" for one in self.params):
            LANG(self)


def in_its_own_package(theirs: click.Command) -> click.Command:
    """The same command, in both languages."""
    return GroupInItsOwnPackage(theirs) if isinstance(theirs, click.Group) else InItsOwnPackage(theirs)


class _Said(click.HelpFormatter):
    """What is said in rooms, in the chosen language."""

    def write_heading(self, heading: str) -> None:
        super().write_heading(said(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, said(text)) for name, text in rows], col_max, col_spacing)
