"""`lisa gate`: whether a run keeps the rules of a file."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness


@click.command()
@click.argument("run", metavar="[LAUF]", default="latest")
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Ordner der Läufe.")
@click.option(
    "--rules", default="gate.toml", show_default=True, type=click.Path(path_type=Path), help="Datei mit den Regeln."
)
def gate(run: str, out: Path, rules: Path) -> int:
    """Sagen, ob ein Lauf (ohne Angabe der neueste) die Regeln einer Datei einhält: jede mit Soll und Ist.

    \b
    Regeln:    nicht_bestanden, neu_nicht_bestanden, nicht_entscheidbar, nicht_geprueft, prueffehler,
               bekannt, bekannt_abgelaufen, instabil, langsamer = höchstens so viele
               anforderungen = ["S0.*"]: alle gezeigt
    Beispiel:  lisa gate --rules gate.toml
    Ausgang:   0 alle eingehalten · 1 eine nicht · 4 falsche Regeln, kein solcher Lauf
    """
    if code := without_harness("lisa gate"):
        return code
    from lisa_core.cli.runs.answer import answered
    from lisa_core.harness.history.gate import Judged, gate_lines, judge_run, rules_in
    from lisa_core.harness.history.shelf import find, whole

    judged: list[Judged] = []

    def lines() -> list[str]:
        wanted = rules_in(rules)
        folder = find(out, run)
        judged.extend(judge_run(whole(folder), wanted))
        return list(gate_lines(judged, folder))

    code = answered("lisa gate", lines)
    return code or int(not all(one.kept for one in judged))
