"""`lisa lint`: all that is wrong in feature files, at once, and nothing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lisa_core.cli.extra import without_harness
from lisa_core.cli.vendor.language import InBothLanguages, language

if TYPE_CHECKING:
    from lisa_core.harness.start.run import Order


@click.command(cls=InBothLanguages)
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Für Menschen und Editoren, für Programme, als SARIF 2.1.0, als Anmerkungen von GitHub.",
)
@click.option("--profile", default="emulated", show_default=True, help="Für wessen Landkreis: Name oder .toml-Datei.")
@click.option(
    "--rules",
    type=click.Choice(["lisa", "gherkin"]),
    default="lisa",
    show_default=True,
    help="Was eine Datei einhalten muss. gherkin: nur, was Gherkin selbst verlangt.",
)
@language("der Meldungen")
@click.option("--fix", is_flag=True, help="Umschreiben, was sicher ist: Anführungszeichen und den Punkt am Satzende.")
def lint(paths: tuple[str, ...], form: str, profile: str, rules: str, lang: str, fix: bool) -> int:
    """Alle Fehler in Szenarien und Anforderungen zeigen, ohne etwas auszuführen.

    Ordner, .feature-Dateien oder datei.feature:12; ohne Angabe die mitgelieferten. Was hier gut ist, führt auch
    "lisa run" aus. Die Regeln stehen in docs/regeln.md.

    \b
    Beispiel:  lisa lint kabinentest
    Ausgang:   0 kein Fehler · 4 Fehler gefunden
    """
    if fix and not paths:
        raise click.UsageError("--fix schreibt Dateien um: Ordner oder Dateien nennen.")
    if code := without_harness("lisa lint"):
        return code
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.lint.formats import formatted
    from lisa_core.harness.start.look import look, mend
    from lisa_core.harness.start.run import Order
    from lisa_core.host.machine import tell
    from lisa_core.host.program import BAD_INPUT, OK, code_of

    try:
        found = look(Order(paths, profile, language=lang, rules=rules))
        if fix:
            found = mend(found)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    click.echo(formatted(found.findings, form))
    return BAD_INPUT if found.errors else OK


def told_plan(order: Order) -> int:
    """`lisa run --dry-run`: what would run, or what is wrong."""
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.start.plan import dry_run
    from lisa_core.host.machine import tell
    from lisa_core.host.printable import printable
    from lisa_core.host.program import BAD_INPUT, OK, code_of

    try:
        right, told = dry_run(order)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    click.echo(printable(told))
    return OK if right else BAD_INPUT
