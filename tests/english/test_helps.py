"""The help of a vendor's commands is English for whoever has chosen that, and German for all others."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.cli.german.usage import wrong_usage
from lisa_core.cli.main import _show
from lisa_core.harness.text.english.options import METAVARS, OPTIONS
from lisa_core.harness.text.language import speaking
from tests.english.words import german_words

COMMANDS = (
    ("certify",),
    ("verify",),
    ("countersign",),
    ("profile", "check"),
    ("profile", "probe"),
    ("profile", "find"),
    ("run",),
    ("lint",),
    ("merge",),
    ("doctor",),
    ("new", "driver"),
    ("record",),
    ("emulate",),
    ("portal",),
)
GROUPS = ((), ("profile",))
"""They have no `--lang` of their own: the variable decides."""
ENGLISH = {"LISA_LANG": "en", "COLUMNS": "200"}


def helped(*words: str, **environment: str) -> str:
    with speaking("de"):
        return CliRunner().invoke(lisa, words, env=environment, standalone_mode=False).output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_in_the_chosen_language(command: tuple[str, ...]) -> None:
    english = helped(*command, "--help", **ENGLISH)
    assert "Example: " in english
    assert german_words(re.sub(r"“hier\s+anhalten”", "", english)) == set()
    assert helped(*command, "--lang", "en", "--help", LISA_LANG="de", COLUMNS="200") == english
    german = helped(*command, "--lang", "de", "--help", **ENGLISH)
    assert "Beispiel: " in german
    assert not re.findall("Usage|Options|Show this|default:|required", german)
    assert "Example: " not in german


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_lists_of_commands_are_in_the_language_of_the_variable(group: tuple[str, ...]) -> None:
    assert german_words(helped(*group, "--help", **ENGLISH).replace("Digitale Bürgerbüros", "")) == set()
    german = helped(*group, "--help", LISA_LANG="de")
    assert "Beispiel: " in german
    assert not re.findall("Usage|Options|Commands|Show this", german)


def test_no_english_help_is_left_over() -> None:
    shown = _unwrapped("".join(helped(*one, "--help") for one in COMMANDS))
    assert {text for text in (*OPTIONS, *METAVARS) if _unwrapped(text) not in shown} == set()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("run --wach", "Die Option --wach gibt es nicht. Meinten Sie --watch?\nHilfe: lisa run --help"),
        ("run --repeat 0", "--repeat: 0 liegt nicht in 1<=x<=1000.\nHilfe: lisa run --help"),
        ("run --repeat x", "--repeat: „x“ ist keine Zahl, wie sie hier stehen kann.\nHilfe: lisa run --help"),
        ("lint --format xml", "--format: „xml“ gibt es hier nicht. Erlaubt sind „text“, „json“, „sarif“, „github“.\n"),
        ("profile chek", "Den Befehl „chek“ gibt es nicht. Es gibt: check, find, probe.\nHilfe: lisa profile --help"),
        ("runn", "Den Befehl „runn“ gibt es nicht. Bekannt sind: abnahme,"),
        ("new folder", "Es fehlt NAME.\n"),
        ("record", "Es fehlt --out.\n"),
        ("merge", "Es fehlt FOLDERS.\n"),
        ("run --profile", "Hinter --profile fehlt die Angabe."),
        ("run --watch=3", "--watch nimmt keine Angabe."),
        ("doctor x y", "Das ist zu viel: x y.\n"),
    ],
)
def test_wrong_usage_is_told_in_german(words: str, told: str) -> None:
    error = CliRunner().invoke(lisa, words.split(), prog_name="lisa", standalone_mode=False).exception
    assert isinstance(error, click.ClickException)
    assert wrong_usage(error).startswith(told)


@pytest.mark.parametrize(
    ("words", "variable", "told"),
    [
        ("run --repeat 0", "de", "Fehler: --repeat: 0 liegt nicht in"),
        ("run --repeat 0", "en", "Error: Invalid value for '--repeat'"),
        ("run --lang de --repeat 0", "en", "Fehler: --repeat: 0 liegt nicht in"),
        ("run --lang en --repeat 0", "de", "Error: Invalid value for '--repeat'"),
        ("record --lang de", "en", "Fehler: Es fehlt --out."),
        ("profile chek", "en", "Error: No such command 'chek'"),
        ("runn", "en", "Error: No such command 'runn'"),
    ],
)
def test_wrong_usage_is_told_in_the_language_that_was_typed_else_in_that_of_the_variable(
    words: str, variable: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LISA_LANG", variable)
    with speaking("de"):
        error = CliRunner().invoke(lisa, words.split(), prog_name="lisa", standalone_mode=False).exception
        assert isinstance(error, click.ClickException)
        _show(error)
    assert told in capsys.readouterr().err


def test_every_command_with_a_language_takes_it_from_the_variable_too() -> None:
    asked = {" ".join(path): one.envvar for path, one in _languages(lisa, ())}
    assert {"run", "lint", "merge", "doctor", "new driver", "certify", "emulate"} <= asked.keys()
    assert {*asked.values()} == {"LISA_LANG"}
    assert "No package can be called" in helped("new", "driver", "Acme PX2", "--slot", "presence", LISA_LANG="en")


def _languages(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Parameter]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                yield from _languages(inner, (*path, name))
    yield from ((path, one) for one in command.params if one.name == "lang")


def _unwrapped(text: str) -> str:
    return "".join(text.split())
