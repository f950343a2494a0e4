"""`--lang`: the language of a command, chosen before its other options are read, so that these are told in it too."""

from __future__ import annotations

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


def with_language(command: click.Command) -> click.Command:
    """A command of a package that knows nothing of the harness, with `--lang`; once."""
    known = any(one.name == "lang" for one in command.params)
    return command if known else LANG(command)
