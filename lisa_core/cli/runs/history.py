"""`lisa history`: the last verdicts and times of each scenario."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.runs.answer import answered


@click.command()
@click.argument("scenario", metavar="[SZENARIO]", default="")
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Ordner der Läufe.")
@click.option("--runs", default=20, show_default=True, type=click.IntRange(1, 1000), help="So viele Läufe zurück.")
def history(scenario: str, out: Path, runs: int) -> int:
    """Die letzten Urteile und Zeiten jedes Szenarios; mit einem Teil seines Namens auch jeden Lauf.

    Das neueste Urteil steht rechts.

    \b
    Zeichen:   ✓ bestanden · ✗ nicht bestanden · ? nicht entscheidbar · – nicht geprüft · ! Prüffehler
               · nicht anwendbar · ~ nicht immer gleich (--repeat)
    Beispiel:  lisa history "Tür geht auf"
    Ausgang:   0 · 4 kein Lauf oder kein solches Szenario
    """

    def lines() -> list[str]:
        from lisa_core.harness.history.shelf import find, shelf
        from lisa_core.harness.history.table import history_lines

        find(out)
        return list(history_lines(shelf(out, runs), scenario))

    return answered("lisa history", lines)
