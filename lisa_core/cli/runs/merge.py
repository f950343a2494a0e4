"""`lisa merge`: one report of the parts of a run."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness
from lisa_core.cli.vendor.language import InBothLanguages, language


@click.command(cls=InBothLanguages)
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Ordner für den Bericht."
)
@click.option(
    "--durations", type=click.Path(path_type=Path), help="Auch aufschreiben, wie lange Szenarien dauern, für --shard."
)
@language("der Meldungen")
def merge(folders: tuple[Path, ...], out: Path, durations: Path | None, lang: str) -> int:
    """Ein Bericht aus den Teilen eines Laufs (lisa run --shard); was fehlt, steht darin.

    \b
    Beispiel:  lisa merge teil-1 teil-2 teil-3 --out out --durations dauern.json
    Ausgang:   wie bei lisa run; fehlt ein Teil, ist er nie 0
    """
    if code := without_harness("lisa merge"):
        return code
    from lisa_core.harness.start.merge import merge as merge_runs

    return merge_runs(folders, out, durations, lang)
