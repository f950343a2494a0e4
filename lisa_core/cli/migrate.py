"""`lisa migrate`: what people wrote for an older version, rewritten with the words of this one."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("place", metavar="ORDNER", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
def migrate(place: Path, dry_run: bool) -> int:
    """Alte Wörter umschreiben: in Szenarien, Hardware-Profilen und Landkreis-Dateien eines Ordners oder einer Datei.

    \b
    Beispiel:  lisa migrate kabinentest --dry-run
    Ausgang:   0 alles auf dem Stand · 4 etwas ließ sich nicht lesen und blieb, wie es war · 5 Rechner
    """
    from lisa_core.cli.migration import migrate_place

    return migrate_place(place, dry_run=dry_run)
