"""The jobs of the emulated scanner, and what it says of itself and of them. Pure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from emulator.devices.scanning.sheets import ASLEEP, COVER, STOPPED, TAKEN
from emulator.devices.scanning.values import Habits
from emulator.world.world import World
from lisa_core.equipment.codecs import escl

IDENTITY = uuid.uuid5(uuid.NAMESPACE_URL, "lisa:emulated:scanner")
ROOT = "/eSCL"
JOBS = f"{ROOT}/ScanJobs"
AS_IT_SHOULD = Habits()


@dataclass(slots=True)
class Job:
    """One scan job. `asked_at_s` is when its client was last heard of, in loop time.

    `sheets` were drawn in, `pages` of them are still to be handed out, `delivered` were; `last` is the newest of these,
    handed out at `handed_at_s`. `early`: it was asked for more too early since. `fault` stopped it. `name` stands
    before its number.
    """

    number: int
    request: escl.ScanRequest
    asked_at_s: float
    state: escl.JobState = escl.JobState.PROCESSING
    sheets: int = 0
    pages: tuple[str, ...] = ()
    delivered: int = 0
    last: str | None = None
    handed_at_s: float = 0.0
    early: bool = False
    fault: str = ""
    name: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = f"{self.name}{uuid.uuid5(IDENTITY, str(self.number))}"

    @property
    def path(self) -> str:
        """Where it is, from the root of the device."""
        return f"{JOBS}/{self.id}"

    @property
    def runs(self) -> bool:
        """Whether more may come of it."""
        return self.state is escl.JobState.PROCESSING


def active(jobs: tuple[Job, ...]) -> Job | None:
    """The job that runs."""
    return next((job for job in jobs if job.runs), None)


def _stopped(world: World, jobs: tuple[Job, ...]) -> escl.FeederState | None:
    """What stands in its way until somebody mends it: an open lid shows at once, the rest when a job has met it."""
    if world.jammed:
        return escl.FeederState.JAM
    met = {COVER, *(job.fault for job in jobs[-1:])}
    return next((state for name, state in STOPPED.items() if name in world.faults and name in met), None)


def status_of(world: World, jobs: tuple[Job, ...] = (), habits: Habits = AS_IT_SHOULD) -> escl.ScannerStatus:
    """What the scanner says of itself, given the world, its jobs (newest last) and how it puts things."""
    running = active(jobs)
    infos = tuple(escl.JobInfo(job.path, job.id, job.state, job.delivered) for job in reversed(jobs))
    if stopped := _stopped(world, jobs):
        return escl.ScannerStatus(escl.State.STOPPED, stopped, infos)
    if not running and TAKEN in world.faults:
        return escl.ScannerStatus(escl.State.PROCESSING, escl.FeederState.PROCESSING, infos)
    if not running and ASLEEP in world.faults:
        return escl.ScannerStatus(escl.State.TESTING, None, infos)
    state = escl.State.PROCESSING if running else escl.State.IDLE
    if running and running.request.source is escl.Source.FEEDER:
        return escl.ScannerStatus(state, escl.FeederState.EMPTY if running.early else habits.scanning, infos)
    return escl.ScannerStatus(state, escl.FeederState.LOADED if world.feeder else habits.empty, infos)
