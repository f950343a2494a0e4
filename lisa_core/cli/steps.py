"""`lisa steps`: the catalogue of steps."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "html", "vscode"]),
    default="text",
    show_default=True,
    help="html: eine Seite zum Suchen, auch mit den Szenarien. vscode: für .vscode/lisa.code-snippets.",
)
@click.option("--profile", default="emulated", show_default=True, help="Für wessen Landkreis: Name oder .toml-Datei.")
@click.option("--unused", is_flag=True, help="Nur Sätze, die in den Szenarien unter PATHS nicht vorkommen.")
@click.option("--out", default="out", show_default=True, help="Ordner der Berichte: darin steht, was gesucht wurde.")
def steps(paths: tuple[str, ...], form: str, profile: str, unused: bool, out: str) -> int:
    """Alle Schritte zeigen, aus denen sich Szenarien schreiben lassen.

    Mit PATHS auch die eigenen Sätze (*.satz) und Schritte dort, sonst die Sätze in diesem Ordner und darunter. Am Ende
    steht, was in den Klammern stehen darf: Namen, Stellen, Leistungen, Geräte, Zustände. Wer einen Satz verwendet, wird
    in den Szenarien unter PATHS gezählt, ohne Angabe in den mitgelieferten.

    \b
    Beispiel:  lisa steps --format html > saetze.html
               lisa steps --unused kabinentest
    """
    if code := without_harness("lisa steps"):
        return code
    from lisa_core.config.profile import load_profile
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.start.catalogue import catalogue
    from lisa_core.host.machine import tell
    from lisa_core.host.program import code_of

    try:
        load_profile(profile)
        click.echo(catalogue(paths, form, profile, Path(out), unused=unused))
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    return 0
