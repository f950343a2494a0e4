"""`lisa steps`: the catalogue of steps."""

from __future__ import annotations

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
def steps(form: str) -> int:
    """Alle Schritte zeigen, aus denen sich Szenarien schreiben lassen.

    \b
    Beispiel:  lisa steps --format md > schritte.md
    """
    if code := without_harness("lisa steps"):
        return code
    from lisa_core.harness.match.catalogue import formatted
    from lisa_core.harness.match.catalogue import steps as registered

    click.echo(formatted(registered(), form))
    return 0
