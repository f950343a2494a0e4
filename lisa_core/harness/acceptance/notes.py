"""What a reader has to know of the runs before believing them, as sentences: how whole, how real, how alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lisa_core.harness.acceptance.kept import UNTOLD, Kept
from lisa_core.harness.acceptance.takes import Takes
from lisa_core.harness.report.page.words import settled
from lisa_core.harness.report.record import LEFT_OUT, RunRecord

DEADLINES = "Fristen (nicht die eines echten Standorts)"
MODEL = "Modell"


def notes(takes: Takes) -> tuple[str, ...]:
    """All of them, in the order in which they matter; what holds for several runs stands once."""
    numbered = tuple(enumerate(takes.runs, 1))
    found: dict[str, list[str]] = {}
    for number, run in numbered:
        for sentence in _of_run(run):
            found.setdefault(sentence, []).append(str(number))
    alone = [f"Lauf {', '.join(numbers)}: {sentence}" for sentence, numbers in found.items()]
    for what, of, rule in _ALIKE:
        alone += _apart(what, [(number, of(run)) for number, run in numbered], rule)
    return (*alone, *_beside(takes))


def _of_run(run: Kept) -> Iterable[str]:
    if not run.complete:
        yield f"nicht vollständig ({run.record.state.value}), {run.executed} von {run.applicable} Szenarien ausgeführt."
    if left_out := run.environment.get(LEFT_OUT):
        yield f"nur ein Teil der Szenarien. Nicht in ihm: {left_out}."
    yield from _faults(run.record)
    yield _how_real(run)
    if deadlines := run.environment.get(DEADLINES):
        yield f"Die Fristen waren nicht die eines echten Standorts: {settled(DEADLINES, deadlines)}."
    if run.conditions.plan:
        yield f"mit einem Störungsplan, nach dem Geräte ausfielen: {run.conditions.plan}."


def _faults(record: RunRecord) -> tuple[str, ...]:
    """What went wrong in the harness itself, each in one line."""
    return tuple(" ".join(fault.split()) for fault in (*record.findings, *record.faults))


def _how_real(run: Kept) -> str:
    booth = run.environment.get("Kabine", UNTOLD)
    if run.on_hardware:
        return f"an echten Geräten, soweit hier genannt: {booth}. Alles andere ist nicht bewiesen."
    if booth == MODEL:
        return "im Modell, in virtueller Zeit: Das beweist, wie die Programme entscheiden. Geräte kamen nicht vor."
    if booth == UNTOLD:
        return "ohne Angabe, woran geprüft wurde: Das beweist nichts über Geräte."
    return f"mit Geräten, die emuliert waren ({booth}): Das beweist die Programme, nicht die Geräte."


def _apart(what: str, values: Sequence[tuple[int, str]], rule: str) -> Iterable[str]:
    """Named apart where the runs differ: which run has which value."""
    groups: dict[str, list[str]] = {}
    for number, value in values:
        groups.setdefault(value, []).append(str(number))
    if len(groups) > 1:
        told = "; ".join(f"Lauf {', '.join(numbers)}: {value}" for value, numbers in groups.items())
        yield f"Die Läufe haben verschiedene {what} ({told}). {rule}"


def _beside(takes: Takes) -> Iterable[str]:
    if count := len(takes.unselected):
        what = "1 Szenario" if count == 1 else f"{count} Szenarien"
        yield f"{what} der Feature-Dateien hat kein Lauf ausgewählt; sie gelten als nicht geprüft."


def _profile(run: Kept) -> str:
    digest = run.conditions.profile_digest
    return f"{run.conditions.profile} ({digest[:12]})" if digest else run.conditions.profile


_ALIKE: tuple[tuple[str, Callable[[Kept], str], str], ...] = (
    (
        "Fassungen",
        lambda run: run.version,
        "Abgenommen wird die Fassung des jüngsten Laufs; was nur eine andere zeigte, gilt als nicht geprüft.",
    ),
    ("Profile", _profile, "Ein Szenario ist nur bestanden, wenn es das in jedem ist, in dem es ausgeführt wurde."),
    ("Landkreise", lambda run: run.conditions.landkreis, "Was einer zeigt, zeigt er nicht für den anderen."),
    ("Standorte", lambda run: run.conditions.site, "Was einer zeigt, zeigt er nicht für den anderen."),
)
"""What runs may differ in: its name, how a run says it, and what follows."""
