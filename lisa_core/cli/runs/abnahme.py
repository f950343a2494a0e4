"""`lisa abnahme`: the acceptance of a whole system, as a document to be signed."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness

DRAFT = 2


@click.command()
@click.argument("runs", nargs=-1, metavar="[LAUF]...")
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Ordner der Läufe.")
@click.option(
    "--into",
    default="abnahme",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Ordner der Abnahme: abnahme.toml, abnahme.json, abnahme.pdf und die Läufe.",
)
@click.option(
    "--requirements",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Eigene Anforderungen: Datei oder Ordner, mehrfach möglich. Ohne Angabe die der Läufe.",
)
def abnahme(runs: tuple[str, ...], out: Path, into: Path, requirements: tuple[Path, ...]) -> int:
    """Abnahmeprotokoll aus aufbewahrten Läufen (acceptance report): Anforderungen, Mängel, Unterschriften.

    Ein Lauf heißt wie sein Ordner in out/runs, ein Teil des Namens genügt; auch Pfade gehen. Ohne Angabe der neueste.
    Neue Mängel kommen in abnahme.toml; dort trägt jemand ihre Klasse ein.

    \b
    Beispiel:  lisa abnahme 2026-11-28 latest
    Ausgang:   0 fertig zur Unterschrift · 2 Entwurf · 4 falsche Eingabe · 5 Rechner
    """
    if code := without_harness("lisa abnahme"):
        return code
    from lisa_core.domain.model.errors import LisaError
    from lisa_core.harness.acceptance.make import AcceptanceOrder, accept
    from lisa_core.harness.acceptance.told import told
    from lisa_core.host.machine import tell
    from lisa_core.host.program import code_of

    try:
        made = accept(AcceptanceOrder(runs, into, out, requirements))
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    for line in told(made):
        click.echo(line)
    return DRAFT if made.document.draft else 0
