"""`lisa backup` and `lisa restore`: a store of an exchange as one file, while it works; and a new store from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.stored.place import at_place

if TYPE_CHECKING:
    from lisa_core.store.postgres.place import DatabaseAddress


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@at_place
def backup(file: Path, data: Path | DatabaseAddress) -> int:
    """Protokoll und Posteingang einer Vermittlung in eine Datei sichern, auch während sie arbeitet.

    \b
    Beispiel:  lisa backup sicherung.zip --data /var/lib/lisa/vermittlung
               lisa backup sicherung.zip --store postgresql://lisa@db.example/lisa?sslmode=verify-full
    """
    from lisa_core.cli.stored.backing_up import back_up

    return back_up(file, data)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@at_place
def restore(file: Path, data: Path | DatabaseAddress) -> int:
    """Aus einer Sicherung einen neuen Ordner oder eine leere Datenbank füllen; überschrieben wird nichts.

    \b
    Beispiel:  lisa restore sicherung.zip --data /var/lib/lisa/neu
    """
    from lisa_core.cli.stored.backing_up import put_back

    return put_back(file, data)
