"""`--lang`: the language of a command, chosen before its other options are read, so that these are told in it too."""

from __future__ import annotations

import copy
import os

import click


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


LANG = click.option(
    "--lang",
    type=click.Choice(["de", "en"]),
    default="de",
    envvar="LISA_LANG",
    show_default=True,
    is_eager=True,
    expose_value=False,
    callback=_choose,
    help="Sprache von allem, was Menschen lesen; ohne Angabe die der Variablen LISA_LANG.",
)
"""For commands whose rooms speak German only; `said` is for what they print."""


class InBothLanguages(click.Command):
    """A command whose help is in the chosen language, too."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help is asked for before the variable is looked at; what was typed before it has been."""
        from lisa_core.harness.text.language import spoken

        typed = ctx.get_parameter_source("lang") is not None
        language = spoken() if typed else os.environ.get("LISA_LANG", "de")
        click.Command.format_help(_in_english(self) if language == "en" else self, ctx, formatter)


def _in_english(command: click.Command) -> click.Command:
    """The same command, described in English."""
    from lisa_core.harness.text.english.helps import HELPS, METAVARS, OPTIONS

    english = copy.copy(command)
    english.help = HELPS.get(command.name or "", command.help)
    english.params = [copy.copy(one) for one in command.params]
    for one in english.params:
        one.metavar = METAVARS.get(one.metavar, one.metavar) if one.metavar else one.metavar
        if isinstance(one, click.Option) and one.help:
            one.help = OPTIONS.get(one.help, one.help)
    return english


def with_language(command: click.Command) -> click.Command:
    """A command of a package that knows nothing of the harness, with `--lang`; once."""
    known = any(one.name == "lang" for one in command.params)
    return command if known else LANG(command)
