"""`lisa steps`: the catalogue of steps."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "vscode"]),
    default="text",
    show_default=True,
    help="vscode: Vorschläge für Visual Studio Code, nach .vscode/lisa.code-snippets.",
)
@click.option("--profile", default="emulated", show_default=True, help="Für wessen Landkreis: Name oder .toml-Datei.")
def steps(form: str, profile: str) -> int:
    """Alle Schritte zeigen, aus denen sich Szenarien schreiben lassen.

    Auch die eigenen Sätze (*.satz) in diesem Ordner und darunter. Am Ende steht, was in den Klammern stehen darf:
    Namen, Stellen, Leistungen, Geräte, Zustände.

    \b
    Beispiel:  lisa steps --format md > schritte.md
    """
    if code := without_harness("lisa steps"):
        return code
    from lisa_core.config.profile import load_profile
    from lisa_core.harness.match.legend import whole
    from lisa_core.harness.match.own.definitions import known_steps

    load_profile(profile)
    click.echo(whole(known_steps(Path()), form, profile))
    return 0
