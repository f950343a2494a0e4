"""Runs that never ran: what came of each scenario is said, and kept as `lisa run` keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lisa_core.harness.history.past import past_of
from lisa_core.harness.history.place import RunFolder
from lisa_core.harness.report import messages
from lisa_core.harness.report.record import (
    MESSAGES,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    SourceText,
    State,
    StepRecord,
    Verdict,
    worst,
)
from lisa_core.harness.text.naming import repeated

WORDS = {
    "g": Verdict.PASSED,
    "r": Verdict.FAILED,
    "u": Verdict.UNDECIDED,
    "n": Verdict.NOT_CHECKED,
    "h": Verdict.HARNESS,
    "a": Verdict.NOT_APPLICABLE,
}
HEAD = "# language: de\nFunktionalität: Tür\n"
BEGIN = datetime(2026, 11, 1, 8, tzinfo=UTC)
SECOND_US = 1_000_000


@dataclass(frozen=True)
class Home:
    """A folder with `tuer.feature` and the runs in `out`; the file holds whatever scenario ever ran."""

    path: Path
    says: str = "ist alles gut"
    """The only step of each scenario."""
    profile: str = "emulated"

    @property
    def out(self) -> Path:
        return self.path / "out"

    @property
    def feature(self) -> Path:
        return self.path / "tuer.feature"

    def write(self, *names: str) -> None:
        """The file, with these scenarios."""
        text = "".join(f"\n  @anf:{name}.1\n  Szenario: {name}\n    Dann {self.says}\n" for name in names)
        self.feature.write_text(HEAD + text, encoding="utf-8")

    def record(
        self, minute: int, verdicts: Mapping[str, str], us: int = SECOND_US, state: State = State.FINISHED
    ) -> RunRecord:
        """A run of these scenarios, each with its verdicts as letters of `WORDS`: several are repetitions."""
        text = self.feature.read_text(encoding="utf-8")
        lines = text.splitlines()
        started = BEGIN + timedelta(minutes=minute)
        scenarios = [
            ScenarioRecord(
                id=f"tuer.feature::{title}",
                name=title,
                feature="Tür",
                file=self.feature,
                line=lines.index(f"  Szenario: {name}") + 1,
                tags=frozenset({f"anf:{name}.1"}),
                steps=(StepRecord("Dann", self.says, lines.index(f"  Szenario: {name}") + 2, WORDS[letter]),),
                verdict=WORDS[letter],
                started=None if letter in "na" else started,
                duration_us=0 if letter in "na" else us,
            )
            for name, letters in verdicts.items()
            for title, letter in zip(repeated(name, len(letters)), letters, strict=True)
        ]
        asked = {name: worst([WORDS[letter] for letter in letters]) for name, letters in verdicts.items()}
        return RunRecord(
            profile=self.profile,
            clock="real",
            seed=0,
            started=started,
            state=state,
            scenarios=tuple(scenarios),
            environment=(("lisa-booth", "0.1.0"),),
            requirements=tuple(
                RequirementRecord(f"{name}.1", name, "Test", verdict=one) for name, one in asked.items()
            ),
            sources=(SourceText(self.feature, text),),
        )

    def keep(self, minute: int, us: int = SECOND_US, state: State = State.FINISHED, **verdicts: str) -> Path:
        """The same, kept; returns its folder."""
        self.write(*dict.fromkeys([*self._written(), *verdicts]))
        run = self.record(minute, verdicts, us, state)
        place = RunFolder(self.out, run.started)
        folder = place.opened()
        whole = [*messages.begun(run), *(line for one in run.scenarios for line in messages.scenario_run(one))]
        if state is not State.RUNNING:
            whole += messages.ended(self.with_past(run, place.name))
        (folder / MESSAGES).write_text(messages.lines(whole), encoding="utf-8")
        place.point()
        place.close()
        return folder

    def with_past(self, run: RunRecord, own: str = "") -> RunRecord:
        """What runs before and known faults say about it."""
        from dataclasses import replace

        return replace(run, past=past_of(run, self.out, own, self.path))

    def _written(self) -> list[str]:
        if not self.feature.exists():
            return []
        lines = self.feature.read_text(encoding="utf-8").splitlines()
        return [line.partition(": ")[2] for line in lines if line.startswith("  Szenario: ")]
