"""`lisa steps`: the catalogue of steps."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "vscode"]),
    default="text",
    show_default=True,
    help="vscode: Vorschläge für Visual Studio Code, nach .vscode/lisa.code-snippets.",
)
def steps(form: str) -> None:
    """Alle Schritte zeigen, aus denen sich Szenarien schreiben lassen.

    \b
    Beispiel:  lisa steps --format md > schritte.md
    """
    from lisa_core.gherkin.catalogue import formatted
    from lisa_core.gherkin.catalogue import steps as registered

    click.echo(formatted(registered(), form))
