"""`lisa simulate`: many booths, many days, many Landkreise in virtual time; the same seed gives the same everywhere."""

from __future__ import annotations

import contextlib
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal, tell
from lisa_core.host.program import INTERRUPTED, SIGNALS, code_of

if TYPE_CHECKING:
    from lisa_core.cli.progress import ProgressLine
    from lisa_core.harness.simulation.nation.order import NationOrder
    from lisa_core.harness.simulation.nation.result import Broken, Result
    from lisa_core.harness.simulation.play.order import Prepared

BROKEN = 1


@click.command()
@click.option(
    "--booths", default=9, show_default=True, help="So viele Büros je Landkreis; mehr als es gibt werden kopiert."
)
@click.option("--days", default=1, show_default=True, help="So viele Betriebstage.")
@click.option("--seed", default=0, show_default=True, help="Startwert für alles Zufällige.")
@click.option(
    "--faults",
    default="none",
    show_default=True,
    help="Was schiefgeht: all, none oder devices,networks,agents,booth,exchange.",
)
@click.option("--landkreis", default="uckermark", show_default=True, help="Verzeichnis: Name oder .toml-Datei.")
@click.option("--kreise", default=1, show_default=True, help="So viele Landkreise, jeder mit eigener Vermittlung.")
@click.option(
    "--replications", default=1, show_default=True, help="So oft mit anderem Zufall; mit Vertrauensbereichen."
)
@click.option("--warmup", default=0, show_default=True, help="So viele Tage am Anfang zählen bei Wartezeiten nicht.")
@click.option("--workers", type=click.IntRange(min=1), help="So viele Prozesse.  [default: einer je Kern]")
@click.option("--report", "report_path", default="", help="Bericht mit Bildern in diese HTML-Datei schreiben.")
@click.option(
    "--log", "log_path", default="", help="Das Ereignisprotokoll in diese Datei schreiben; je Landkreis eine."
)
@click.option("--out", default="out", show_default=True, help="Ordner für das Szenario zu einer verletzten Invariante.")
def simulate(
    booths: int,
    days: int,
    seed: int,
    faults: str,
    landkreis: str,
    kreise: int,
    replications: int,
    warmup: int,
    workers: int | None,
    report_path: str,
    log_path: str,
    out: str,
) -> int:
    """Viele Büros und Tage in virtueller Zeit: Wartezeiten, Ergebnisse, Invarianten, Prüfsumme.

    \b
    Beispiele: lisa simulate --booths 9 --days 20 --seed 7 --faults all
               lisa simulate --kreise 200 --booths 50 --replications 5 --report bericht.html
    Ausgang:   0 alles gehalten · 1 eine Invariante verletzt · 3 Prüffehler · 4 falsche Eingabe · 5 Rechner
               130 abgebrochen
    """
    from lisa_core.cli.progress import ProgressLine
    from lisa_core.harness.simulation.nation.order import NationOrder
    from lisa_core.harness.simulation.play.order import SimulationOrder

    each = SimulationOrder(booths, days, seed, faults, landkreis)
    run = _Run(NationOrder(each, kreise, replications, warmup, log_path), ProgressLine())
    with _listening(run):
        return run.code(workers, report_path, Path(out))


@dataclass(slots=True)
class _Run:
    """One simulation from its order to the exit code; `so_far` is said when it is interrupted."""

    order: NationOrder
    line: ProgressLine
    days: Counter[int] = field(default_factory=Counter)
    """How many days have been played of each Landkreis that was begun."""
    finished: int = 0
    explaining: str = ""
    interrupted: bool = False
    """Python drops what is raised while an object is taken away: it is looked at as well (`_played`)."""

    def code(self, workers: int | None, report_path: str, out: Path) -> int:
        try:
            return self._done(workers, report_path, out)
        except LisaError as error:
            self.line.clear()
            tell(str(error))
            return code_of(error)
        except KeyboardInterrupt:
            self.line.clear()
            tell(self.so_far())
            return INTERRUPTED

    def _done(self, workers: int | None, report_path: str, out: Path) -> int:
        from lisa_core.harness.simulation.nation.capacity import choose_workers
        from lisa_core.harness.simulation.nation.order import check
        from lisa_core.harness.simulation.play.order import load_people, prepare
        from lisa_core.host.memory import capacities

        check(self.order)
        chosen = choose_workers(self.order, workers, capacities())
        first = prepare(self.order.each, load_people())
        if report_path:
            _probe(Path(report_path))
        result = self._played(first, chosen)
        self._print(first, result)
        if report_path:
            _draw(result, Path(report_path))
        for number, broken in enumerate(result.broken, start=1):
            self.explaining = f"bei Verletzung {number} von {len(result.broken)}"
            click.echo(_explain(self.order, first, broken, out))
        return BROKEN if result.broken else 0

    def so_far(self) -> str:
        from lisa_core.harness.simulation.nation.report import interrupted

        if self.explaining:
            return (
                f"Abgebrochen: Alle Tage sind gespielt, die kürzeste Geschichte wurde {self.explaining} noch gesucht."
            )
        return interrupted(self.order, self.days.total(), self.finished)

    def _played(self, first: Prepared, workers: int) -> Result:
        from lisa_core.harness.simulation.nation.crew import Died, played
        from lisa_core.harness.simulation.nation.result import Result
        from lisa_core.harness.simulation.nation.work import DayOver, Played

        result = Result(self.order, first.world.directory)
        with closing(played(self.order, workers, first)) as news:
            for one in news:
                if self.interrupted:
                    raise KeyboardInterrupt
                if isinstance(one, Played):
                    result.take(one)
                    self.finished += 1
                elif isinstance(one, DayOver):
                    self.days[one.index] += 1
                elif isinstance(one, Died):
                    self.days.pop(one.portion.index, None)
                    self.line.clear()
                    tell(f"{one}: er wird noch einmal gespielt.")
                self._show()
        self.line.clear()
        return result

    def _show(self) -> None:
        order, days = self.order, self.days.total()
        many = f"{self.finished} von {order.portions} Landkreisen"
        said = f"{days} von {order.each.days} Tagen" if order.portions == 1 else many
        self.line.show(days / (order.portions * order.each.days), said)

    def _print(self, first: Prepared, result: Result) -> None:
        from lisa_core.harness.simulation.nation.report import headline, lines
        from lisa_core.harness.simulation.play.report import report

        click.echo(f"{headline(self.order)}\n")
        for text in lines(result):
            click.echo(text)
        click.echo(report(first.world, result.totals, result.cpu_s, result.digest, self.order.kreise))


def _explain(order: NationOrder, first: Prepared, broken: Broken, out: Path) -> str:
    """Seed, shortest history found, and the scenario that plays it."""
    from lisa_core.harness.simulation.nation.order import prepared_for
    from lisa_core.harness.simulation.nation.report import where
    from lisa_core.harness.simulation.play.order import shorten
    from lisa_core.harness.simulation.play.story import feature, history

    seed, breach = broken.portion.seed, broken.breach
    lines = ["", f"Verletzt: {breach.rule} bei {breach.who}, {where(order, broken)}: {breach.found}"]
    shrunk = shorten(prepared_for(first, broken.portion), breach)
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


def _draw(result: Result, path: Path) -> None:
    from lisa_core.harness.simulation.nation.page import page

    path.write_text(page(result), encoding="utf-8")
    click.echo(f"\nBericht: {path}")


def _probe(path: Path) -> None:
    """Whether the report can be written is known before anything is played for it."""
    try:
        path.open("a", encoding="utf-8").close()
        if not path.stat().st_size:
            path.unlink()
    except OSError as error:
        raise refusal(f"{path}: In diese Datei lässt sich nicht schreiben ({cause(error)}).", error) from error


@contextlib.contextmanager
def _listening(run: _Run) -> Iterator[None]:
    """Ctrl-C, SIGTERM and SIGHUP end it all the same, and say what was done; further ones change nothing.

    One that whoever started us has switched off stays off (`nohup`); but Ctrl-C is heard also where a shell has
    started us in the background.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        run.interrupted = True
        for other in SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    heard = [one for one in SIGNALS if one == signal.SIGINT or signal.getsignal(one) is not signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
