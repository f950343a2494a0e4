"""What click says of wrong usage, in German; click knows English only. What it may say some day else stays as it is."""

from __future__ import annotations

import re

import click

from lisa_core.domain.model.nearest import nearest_word

_SAID: tuple[tuple[str, str], ...] = (
    (r"No such option:? '?(?P<option>[^\s']+?)'?\.?(?: .*)?", "Die Option {option} gibt es nicht."),
    (
        r"No such command '?(?P<a>[^']+?)'?\.(?: \(?Did you mean[^)?]*\??\)?)?(?P<rest>.*)",
        "Den Befehl „{a}“ gibt es nicht.{rest}",
    ),
    (r"Missing command\.?", "Es fehlt der Befehl."),
    (r"Missing option '(?P<a>[^']+)'\.?(?: Choose from:\s*(?P<r>.+))?", "Es fehlt {a}."),
    (r"Missing argument '(?P<a>[^']+?)(?:\.\.\.)?'\.?(?: Choose from:\s*(?P<r>.+))?", "Es fehlt {a}."),
    (
        r"Invalid value for '?(?P<a>.+?)'?: (?P<v>.+) is not in the range (?P<r>[^ ]+?)\.?",
        "{a}: {v} liegt nicht in {r}.",
    ),
    (
        r"Invalid value for '?(?P<a>.+?)'?: (?P<v>.+) is not one of (?P<r>.+?)\.?",
        "{a}: {v} gibt es hier nicht. Erlaubt sind {r}.",
    ),
    (
        r"Invalid value for '?(?P<a>.+?)'?: (?P<v>.+) is not a valid (?:integer|float)(?: range)?\.?",
        "{a}: {v} ist keine Zahl, wie sie hier stehen kann.",
    ),
    (r"Invalid value for '?(?P<a>.+?)'?: \w+ (?P<v>'.+') does not exist\.", "{a}: {v} gibt es nicht."),
    (r"Option '?(?P<option>[^\s']+)'? requires an argument\.?", "Hinter {option} fehlt die Angabe."),
    (r"Option '?(?P<option>[^\s']+)'? does not take a value\.?", "{option} nimmt keine Angabe."),
    (r"Got unexpected extra arguments? \((?P<a>.*)\)", "Das ist zu viel: {a}."),
)
"""What is said as a pattern, and its German twin."""
_QUOTED = re.compile(r"'([^']*)'")


def wrong_usage(error: click.ClickException) -> str:
    """The sentence, what was probably meant or may be, and where help is."""
    text = _german(error.format_message())
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return text
    return f"{text}{_meant(error, text, context)}\nHilfe: {context.command_path} --help"


def _meant(error: click.ClickException, text: str, context: click.Context) -> str:
    if isinstance(error, click.NoSuchOption):
        known = (name for one in context.command.get_params(context) for name in (*one.opts, *one.secondary_opts))
        near = nearest_word(error.option_name, [name for name in known if name.startswith("--")])
        return f" Meinten Sie {near}?" if near else ""
    group = context.command
    if isinstance(group, click.Group) and text.startswith("Den Befehl"):
        return f" Es gibt: {', '.join(group.list_commands(context))}."
    return ""


def _german(text: str) -> str:
    for pattern, german in _SAID:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            values = {name: _QUOTED.sub(r"„\1“", value or "") for name, value in found.groupdict().items()}
            return german.format(**values)
    return text
