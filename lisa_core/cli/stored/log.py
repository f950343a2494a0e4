"""`lisa log`: the logs of an exchange as lines for the programs of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.stored.place import at_place

if TYPE_CHECKING:
    from lisa_core.store.postgres.place import DatabaseAddress


@click.command()
@at_place
@click.option("--follow", is_flag=True, help="Danach weiter, sobald etwas dazukommt.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Datei, in der steht, wie weit ausgegeben ist; der nächste Aufruf geht dort weiter.",
)
def log(data: Path | DatabaseAddress, follow: bool, state: Path | None) -> int:
    """Die Protokolle einer Vermittlung und ihrer Anmeldungen, je Eintrag eine Zeile JSON.

    \b
    Beispiel:  lisa log --data /var/lib/lisa/vermittlung --follow --state /var/lib/lisa/protokoll.stand
    """
    from lisa_core.cli.stored.telling import tell_entries
    from lisa_core.host.program import run_program

    return run_program(tell_entries(data, state, follow=follow))
