"""`lisa compare`: what is different in two runs."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.runs.answer import answered

MOST = 2


@click.command()
@click.argument("runs", metavar="[LAUF] [LAUF]", nargs=-1)
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Ordner der Läufe.")
def compare(runs: tuple[str, ...], out: Path) -> int:
    """Zwei Läufe vergleichen: was nicht mehr bestanden ist, was wieder, was fehlt, was neu ist, was langsamer ist.

    Ein Lauf heißt wie sein Ordner in out/runs, ein Teil des Namens genügt; „latest“ ist der neueste. Der erste ist der
    frühere. Mit weniger als zweien: ein Lauf (ohne Angabe der neueste) gegenüber dem, was vor ihm bekannt war.

    \b
    Beispiel:  lisa compare 2026-11-28 latest
    Ausgang:   0 · 4 kein solcher Lauf
    """
    if len(runs) > MOST:
        raise click.UsageError("Höchstens zwei Läufe nennen.")

    def lines() -> list[str]:
        from lisa_core.harness.history.place import LATEST
        from lisa_core.harness.history.shelf import find, two, whole
        from lisa_core.harness.history.table import compare_lines, since_lines

        if len(runs) == MOST:
            return list(compare_lines(*two(out, *runs)))
        folder = find(out, next(iter(runs), LATEST))
        return list(since_lines(folder.name, whole(folder)))

    return answered("lisa compare", lines)
