"""Runs as they were kept: folders with messages.ndjson, each known by the SHA-256 of those bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.harness.acceptance.sound import misfit
from lisa_core.harness.report.equipment import is_on_hardware
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import FAULT_PLAN, MESSAGES, RunRecord, State, Verdict
from lisa_core.harness.text.findings import shown
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal

MAX_BYTES = 1 << 30
"""A run of 1,000 scenarios with pictures has some 50 MB."""
PRODUCT = "lisa-booth"
SHORT = 12
"""Digits of a digest that are printed where the whole one stands elsewhere."""
UNTOLD = "nicht vermerkt"
ZONE = ZoneInfo("Europe/Berlin")
"""In which times are told: the same document comes of the same runs, wherever it is made."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a run ran on, as far as its verdicts depend on it: only runs in the same setting answer each other."""

    profile: str
    profile_digest: str
    clock: str
    booth: str
    landkreis: str
    site: str
    plan: str
    """The plan of faults, "" without one."""


@dataclass(frozen=True)
class Kept:
    """One kept run: where it lies, the SHA-256 of its messages (hex), and what they say."""

    path: Path
    digest: str
    record: RunRecord

    @cached_property
    def environment(self) -> dict[str, str]:
        """What it ran on, by the German names of the report."""
        return dict(self.record.environment)

    @cached_property
    def conditions(self) -> Conditions:
        told = self.environment.get
        booth = told("Kabine", UNTOLD)
        return Conditions(
            profile=told("Kennung des Profils", self.record.profile),
            profile_digest=told("Prüfsumme des Profils", ""),
            clock=self.record.clock,
            booth="echte Geräte" if self.on_hardware else booth,
            landkreis=told("Landkreis", UNTOLD),
            site=told("Standort", UNTOLD),
            plan=told(FAULT_PLAN, ""),
        )

    @cached_property
    def version(self) -> str:
        """What was tested: the package, and the commit where it is known."""
        commit = self.environment.get("Stand", "")
        package = f"{PRODUCT} {self.environment.get(PRODUCT, UNTOLD)}"
        return f"{package}, Stand {commit}" if commit and commit != "unbekannt" else package

    @cached_property
    def on_hardware(self) -> bool:
        """Whether any scenario of it met something that was not an emulated device."""
        return any(is_on_hardware(one.equipment) for one in self.record.scenarios)

    @property
    def begun(self) -> str:
        """When, as the document says it."""
        return moment_said(self.record.started)

    @property
    def complete(self) -> bool:
        return self.record.state is State.FINISHED

    @cached_property
    def executed(self) -> int:
        """How many of its scenarios have run."""
        return sum(one.started is not None for one in self.record.scenarios)

    @cached_property
    def applicable(self) -> int:
        """How many of its scenarios were to run."""
        return sum(one.verdict is not Verdict.NOT_APPLICABLE for one in self.record.scenarios)


def moment_said(moment: datetime) -> str:
    """In German time wherever it is read: `01.12.2026, 10:30 Uhr`."""
    return f"{moment.astimezone(ZONE):%d.%m.%Y, %H:%M} Uhr"


def kept_runs(folders: Iterable[Path]) -> tuple[Kept, ...]:
    """The runs in these folders, the oldest first; one that is named twice counts once.

    Raises `LisaError`, naming the file.
    """
    found = {one.digest: one for one in map(_kept, folders)}
    return tuple(sorted(found.values(), key=lambda one: (one.record.started, one.digest)))


def messages_of(run: Kept) -> bytes:
    """Its messages once more. Raises `LisaError` where they are no longer those that were read."""
    data = _bytes(run.path / MESSAGES)
    if hashlib.sha256(data).hexdigest() != run.digest:
        raise LisaError(f"{shown(run.path)}: Dieser Lauf ändert sich gerade. Warten, bis er zu Ende ist.")
    return data


def _kept(path: Path) -> Kept:
    data = _bytes(path / MESSAGES)
    try:
        record = read(data.decode("utf-8", "strict"))
        if name := misfit(record):
            raise LisaError(f"„{name}“ ist etwas anderes, als dort steht")
    except (LisaError, *OF_A_MESSAGE) as error:
        why = str(error) if isinstance(error, LisaError) else "die Nachrichten sind nicht die eines Laufs von LISA"
        place = shown(path / MESSAGES)
        raise LisaError(f"{place}: Dieser Lauf lässt sich nicht lesen ({why.rstrip('.')}).") from error
    return Kept(path, hashlib.sha256(data).hexdigest(), record)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise LisaError(f"{shown(file)}: Das ist zu groß für einen Lauf (mehr als {MAX_BYTES >> 20} MiB).")
        return file.read_bytes()
    except OSError as error:
        raise refusal(f"{shown(file)}: Der Lauf lässt sich nicht lesen ({cause(error)}).", error) from error
