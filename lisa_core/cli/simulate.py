"""`lisa simulate`: many booths, many days, in virtual time; the same seed gives the same on every machine."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal, tell
from lisa_core.host.program import INTERRUPTED, code_of

if TYPE_CHECKING:
    from lisa_core.harness.simulation.play.order import Prepared
    from lisa_core.harness.simulation.rules.tally import Breach

BROKEN = 1


@click.command()
@click.option("--booths", default=9, show_default=True, help="So viele Büros; mehr als es gibt werden kopiert.")
@click.option("--days", default=1, show_default=True, help="So viele Betriebstage.")
@click.option("--seed", default=0, show_default=True, help="Startwert für alles Zufällige.")
@click.option(
    "--faults",
    default="none",
    show_default=True,
    help="Was schiefgeht: all, none oder devices,networks,agents,booth,exchange.",
)
@click.option("--landkreis", default="uckermark", show_default=True, help="Verzeichnis: Name oder .toml-Datei.")
@click.option("--log", "log_path", default="", help="Das Ereignisprotokoll in diese Datei schreiben.")
@click.option("--out", default="out", show_default=True, help="Ordner für das Szenario zu einer verletzten Invariante.")
def simulate(booths: int, days: int, seed: int, faults: str, landkreis: str, log_path: str, out: str) -> int:
    """Viele Büros und Tage in virtueller Zeit: Wartezeiten, Ergebnisse, Invarianten, Prüfsumme.

    \b
    Beispiel:  lisa simulate --booths 9 --days 20 --seed 7 --faults all
    Ausgang:   0 alles gehalten · 1 eine Invariante verletzt · 3 Prüffehler · 4 falsche Eingabe · 5 Rechner
               130 abgebrochen
    """
    from lisa_core.harness.simulation.play.order import Progress, SimulationOrder, load_people, play, prepare
    from lisa_core.harness.simulation.play.report import report

    signal.signal(signal.SIGINT, signal.default_int_handler)  # what is imported is there: now it is told what was done
    progress = Progress()
    try:
        prepared = prepare(SimulationOrder(booths, days, seed, faults, landkreis), load_people())
        with ExitStack() as stack:
            sink = stack.enter_context(_open(log_path)) if log_path else None
            began_s = time.process_time()
            result = play(prepared, sink, progress)
            took_s = time.process_time() - began_s
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    except KeyboardInterrupt:
        left = f" Das Protokoll {log_path} endet mittendrin." if log_path else ""
        tell(f"Abgebrochen: {progress.days} von {days} Tagen gespielt, Startwert {seed}; keine Auswertung.{left}")
        return INTERRUPTED
    named = "" if faults == "none" else f", Störungen: {faults}"
    click.echo(f"Simulation: {booths} Büros, {days} Tage, Startwert {seed}{named}\n")
    click.echo(report(prepared.world, result, took_s))
    if not result.breaches:
        return 0
    for number, breach in enumerate(result.breaches, start=1):
        try:
            click.echo(_explain(prepared, breach, Path(out)))
        except KeyboardInterrupt:
            found = f"bei Verletzung {number} von {len(result.breaches)}"
            tell(f"Abgebrochen: Alle Tage sind gespielt, die kürzeste Geschichte wurde {found} noch gesucht.")
            return INTERRUPTED
    return BROKEN


def _explain(prepared: Prepared, breach: Breach, out: Path) -> str:
    """Seed, shortest history found, and the scenario that plays it."""
    from lisa_core.harness.simulation.play.order import shorten
    from lisa_core.harness.simulation.play.story import feature, history

    seed = prepared.world.seed
    lines = ["", f"Verletzt: {breach.rule} bei {breach.who}, Startwert {seed}: {breach.found}"]
    shrunk = shorten(prepared, breach)
    if shrunk is None:
        return "\n".join([*lines, "  Für sich allein tritt es nicht auf; die ganze Simulation wiederholt es."])
    lines.append(f"Kürzeste gefundene Geschichte ({shrunk.tries} Versuche):")
    lines += [f"  {line}" for line in history(shrunk)]
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"simulation-{seed}-{breach.rule.lower()}.feature"
    text, unsaid = feature(shrunk, seed)
    path.write_text(text, encoding="utf-8")
    lines.append(f"Als Szenario: lisa run {path} --clock virtual")
    if unsaid:
        lines.append(f"  Darin sind {unsaid} Zeilen nur Kommentar: Für sie gibt es noch keinen Schritt.")
    return "\n".join(lines)


def _open(path: str) -> TextIO:
    try:
        return Path(path).open("w", encoding="utf-8")
    except OSError as error:
        raise refusal(f"{path}: In diese Datei lässt sich nicht schreiben ({cause(error)}).", error) from error
