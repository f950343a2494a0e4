"""`lisa run`: feature files through pytest, in this process, with nothing of the folder's own pytest configuration."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

from lisa_core.booth.fault_plan import plan_of
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.link import Links
from lisa_core.harness.choice.change import Effect
from lisa_core.harness.history.place import KEEP, RunFolder
from lisa_core.harness.history.still_open import StillOpen, still_open
from lisa_core.harness.report.record import ExitCode
from lisa_core.harness.settings import CLOCKS, DEFAULT_PROFILE, ClockName, links_as_text, said_as_text
from lisa_core.harness.start.chosen import Chosen, chosen_arguments
from lisa_core.harness.start.places import AT_LINE, Places, root_of, there, wrong_path
from lisa_core.harness.text.findings import FeatureError, shown
from lisa_core.harness.text.former_words import current_tags
from lisa_core.harness.text.language import choose, say
from lisa_core.host.interruption import CODE, RUN
from lisa_core.host.notices import holding
from lisa_core.host.printable import printable
from lisa_core.host.temporary import temporary_folder

_PLUGINS = (
    *("--disable-plugin-autoload", "-p", "lisa_core.harness.plugin.bdd", "-p", "lisa_core.harness.plugin.entry"),
    *("-p", "no:cacheprovider", "-p", "no:doctest", "-p", "no:unittest"),
    # What costs time with every scenario and is of no use here; the last one collects garbage five times at the end.
    *("-p", "no:logging", "-p", "no:warnings", "-p", "no:junitxml", "-p", "no:stepwise", "-p", "no:setuponly"),
    *("-o", "norecursedirs=.* __pycache__"),  # a folder "build" may hold features as well
    *("-p", "no:setupplan", "-p", "no:pastebin", "-p", "no:debugging", "-p", "no:unraisableexception"),
)
_TOLD = ("tester", "place", "pictures", "challenge", "listen", "record", "record_slot")
"""What of an order is handed on as it is, where it says anything."""
# pytest takes options from these as well; a run of ours depends on nothing but its arguments.
_FOREIGN_SETTINGS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_XDIST_WORKER")


@dataclass(frozen=True, slots=True)
class Order:
    """What `lisa run` was asked for. A path is a folder, a file, or `datei.feature:12` for the scenario in that line.

    `tags` is an expression such as "anf:S0.10 and not stufe:wire"; `workers` above 1 needs pytest-xdist; `options` are
    handed to pytest. `step_limit_s` 0: the usual one.
    """

    paths: Sequence[str] = ()
    profile: str = DEFAULT_PROFILE
    clock: str = "real"
    out: str | Path = "out"
    verbose: bool = False
    seed: int = 0
    language: str = "de"
    tags: str = ""
    workers: int = 1
    answer_s: float = 60.0
    step_limit_s: float = 0.0
    options: Sequence[str] = ()
    pause: bool = False
    """Stand at a failure and at „hier anhalten“; needs a terminal."""
    faults: str | None = None
    """A plan of faults; None: that of the profile."""
    rules: str = ""
    """Whose rules the files keep (`harness.settings.RULES`); "": ours."""
    tester: str = ""
    place: str = ""
    """Who tests, and where, as the report shall say it; "" for the place: the booth of the profile."""
    challenge: str = ""
    """What an accepting office handed out before the run; it stands in the stream."""
    listen: str = ""
    """Where a tester's phone is served: an address of this machine, with or without a port."""
    pictures: str = "failed"
    """Of which scenarios the report shows screen and desk: "failed", "all" or "none"."""
    lasting: bool = False
    """Also what is tagged @dauert, at emulated devices on the real clock."""
    said: Mapping[str, Said] = field(default_factory=dict)
    """Who the devices of the profile are, by slot."""
    links: Links = field(default_factory=dict)
    """How long the ways to them take, where that was measured before: it counts in what is measured over them."""
    keep: int = KEEP
    """How many runs stay in `out`."""
    saved: bool = False
    """It runs because something was saved (--watch), and takes no place from the others in `out`."""
    failed: bool = False
    """Only what is not passed in the newest run that had it."""
    repeat: int = 1
    """How often each scenario is run."""
    known: str = ""
    """A file of known faults; "": those beside the features."""
    affected: str = ""
    """Only what a change since this revision of git can reach."""
    shard: str = ""
    """Only this part: "3/8"."""
    durations: str = ""
    """A file that says how long scenarios take, for `shard`; "": the newest run in `out` does."""
    record: str = ""
    """A folder for what is recorded of the devices in every scenario; "": only of red ones, beside the report."""
    record_slot: str = ""
    """Of which slot; "": of all."""
    effects: Sequence[Effect] | None = None
    """What changes can reach, where that is known already; `affected` then says in words since when."""


def run(order: Order, plugins: Sequence[object] = ()) -> int:
    """Run features (default: all shipped), show them, write the reports; returns the exit code (`ExitCode`).

    `plugins` hear of it by the hooks of `plugin.hookspecs`.
    """
    choose(order.language)
    try:
        open_still = again(order)
        if open_still is not None and not open_still.places:
            return open_still.code
        places = there(open_still.places if open_still else order.paths)
        check_order(order)
        words = arguments(order, places)
    except LisaError as error:
        print(printable(str(error)), file=sys.stderr)
        return ExitCode.MACHINE if isinstance(error, MachineError) else ExitCode.BAD_INPUT
    RUN.said = say("abgebrochen")
    RUN.owe()
    with RUN.listening(), alone(), holding(), ExitStack() as kept:
        if order.workers > 1:  # they would leave a folder in the system's
            words.append(f"--basetemp={temporary_folder(kept, 'workers') / 'base'}")
        return _never_begun(order) if RUN.came else _code(pytest.main(words, list(plugins)))


def arguments(order: Order, places: Places) -> list[str]:
    """What pytest is called with. Raises `LisaError` where nobody can say what a change can reach."""
    root, out = root_of(places.paths), Path(order.out).absolute()
    asked = Chosen(order.affected, order.shard, order.durations, order.effects)
    chosen = chosen_arguments(asked, places.paths, root, order.profile, order.clock, out)
    return [
        *("-c", os.devnull, f"--rootdir={root}", f"--confcutdir={root}"),
        *_PLUGINS,
        *(["-p", "xdist", f"--numprocesses={order.workers}"] if order.workers > 1 else []),
        *("--lisa", f"--lisa-profile={order.profile}", f"--lisa-clock={order.clock}"),
        f"--lisa-answer={order.answer_s}",
        *(f"--lisa-out={out}", f"--lisa-seed={order.seed}", f"--lisa-lang={order.language}"),
        *(f"--lisa-keep={order.keep}", f"--lisa-repeat={order.repeat}"),
        *([f"--lisa-known={Path(order.known).absolute()}"] if order.known else []),
        *(f"--lisa-select={place}" for place in places.lines),
        *(["-m", current_tags(order.tags.replace("@", ""))] if order.tags else []),
        *([f"--lisa-limit={order.step_limit_s}"] if order.step_limit_s else []),
        *([f"--lisa-said={said_as_text(order.said)}"] if order.said else []),
        *([f"--lisa-links={links_as_text(order.links)}"] if order.links else []),
        *([f"--lisa-rules={order.rules}"] if order.rules else []),
        *([f"--lisa-faults={order.faults}"] if order.faults is not None else []),
        *(f"--lisa-{name}" for name in ("pause", "saved") if getattr(order, name)),
        *(["--lisa-lasting=1"] if order.lasting else []),
        *(f"--lisa-{name.replace('_', '-')}={value}" for name in _TOLD if (value := getattr(order, name))),
        *(["-v"] if order.verbose else []),
        *chosen,
        *order.options,
        *map(str, places.paths),
    ]


def again(order: Order) -> StillOpen | None:
    """With --failed: what is to be run, told to whoever asked. Raises `LisaError`."""
    if not order.failed:
        return None
    for path in order.paths:
        if AT_LINE.fullmatch(path):
            what = say("{path}: --failed wählt die Szenarien selbst.", path=path)
            raise LisaError(f"{what} {say('Ohne Zeile angeben.')}")
        if wrong := tuple(wrong_path(Path(path))):
            raise FeatureError(wrong)
    found = still_open(Path(order.out), order.paths)
    for line in found.said:
        print(printable(line))
    return found


def _code(code: int) -> int:
    return ExitCode.INTERRUPTED if RUN.came else int(code)


def _never_begun(order: Order) -> int:
    """Interrupted before there was anything to run: the report says that."""
    from lisa_core.harness.report.record import RunRecord, State
    from lisa_core.harness.report.writer import ReportWriter

    RUN.finishing()
    clock: ClockName = "virtual" if order.clock == "virtual" else "real"
    started = datetime.now(tz=UTC).astimezone()
    record = RunRecord(order.profile, clock, order.seed, started, State.INTERRUPTED)
    writer = ReportWriter(RunFolder(Path(order.out), started, order.keep, saved=order.saved))
    writer.pytest_lisa_run_ended(run=record)
    RUN.reported()
    writer.pytest_unconfigure()
    return ExitCode.INTERRUPTED


def check_order(order: Order) -> None:
    """Whether what was asked for is there and goes together; before anything is written. Raises `LisaError`."""
    profile = load_profile(order.profile)
    try:
        Expression.compile(current_tags(order.tags.replace("@", "")))
    except SyntaxError:
        what = say("„{tags}“ ist kein Ausdruck aus Tags.", tags=order.tags)
        example = say('Zum Beispiel: -t "frei:a and not frei:b"')
        raise LisaError(f"{what} {example}") from None
    if order.clock not in CLOCKS:
        what = "Die Uhr „{clock}“ gibt es nicht. Es gibt: {clocks}."
        raise LisaError(say(what, clock=order.clock, clocks=", ".join(CLOCKS)))
    _check_words(order)
    real = sorted(profile.outside)
    if order.clock == "virtual" and (real or profile.replayed or profile.join):
        what = say(
            "Virtuelle Zeit gibt es nur in der Modell-Kabine, nicht mit dem Profil „{name}“.", name=order.profile
        )
        raise LisaError(f"{what} {say('Ohne --profile oder mit --clock real ausführen.')}")
    if order.known:
        _check_known(Path(order.known))
    plan_of(profile, order.faults, order.seed, memory=order.clock == "virtual")
    if order.pause:
        _check_pause(order, real)
    if order.listen:
        _check_listen(order, real)
    if order.workers > 1 and real:
        what = say("Mit echten Geräten läuft ein Szenario nach dem anderen ({slots}).", slots=", ".join(real))
        raise LisaError(f"{what} {say('Ohne -n ausführen.')}")
    if order.workers > 1 and importlib.util.find_spec("xdist") is None:
        raise LisaError(say("Für -n fehlt pytest-xdist: pip install pytest-xdist"))


def _check_words(order: Order) -> None:
    """What a report is to say has to be something that can be written; told before anybody has tested for an hour."""
    for name in ("tester", "place"):
        if not str(getattr(order, name)).isprintable():
            what = say("--{name}: Darin sind Zeichen, die sich nicht schreiben lassen.", name=name)
            raise LisaError(f"{what} {say('Buchstaben, Ziffern und Satzzeichen in einer Zeile angeben.')}")


def _check_pause(order: Order, real: Sequence[str]) -> None:
    """Raises `LisaError` where a run cannot stand."""
    if real:
        what = "Mit echten Geräten lässt sich nicht anhalten ({slots}): Ihre Zeit steht nicht still."
        what = say(what, slots=", ".join(real))
        raise LisaError(f"{what} {say('Ohne --pause ausführen.')}")
    if order.workers > 1:
        raise LisaError(say("--pause und -n gehen nicht zusammen: Angehalten wird ein Szenario, an einem Terminal."))
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        raise LisaError(say("Für --pause fehlt ein Terminal, an dem jemand weitermacht.")) from None


def _check_listen(order: Order, real: Sequence[str]) -> None:
    """Raises `LisaError` where nobody would be asked, or no phone could reach the page."""
    from lisa_core.harness.tester.phone.place import bound, listen_place

    place = listen_place(order.listen)
    if not real or order.clock == "virtual":
        what = say("--listen: In diesem Lauf wird niemand gefragt, denn kein Gerät ist echt.")
        raise LisaError(f"{what} {say('Ein Profil mit einem echten Gerät nennen oder --listen weglassen.')}")
    bound(place).close()


def _check_known(path: Path) -> None:
    if not path.is_file():
        what = say("{path}: Diese Datei gibt es nicht.", path=shown(path))
        raise LisaError(f"{what} {say('Bei --known eine Datei mit bekannten Fehlern nennen.')}")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """What others have set for pytest has no say meanwhile, also in the processes of pytest-xdist."""
    kept = {name: os.environ.pop(name) for name in _FOREIGN_SETTINGS if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(kept)


def try_devices(order: Order) -> tuple[int, Order]:
    """What the profile binds to real addresses must be there before the first scenario: told once, not in each.

    Returns the exit code, and the order with who the devices are.
    """
    try:
        profile = load_profile(order.profile)
    except LisaError:
        return ExitCode.PASSED, order  # `run` says so
    if order.clock != "real" or not (profile.outside or profile.join):
        return ExitCode.PASSED, order
    from lisa_core.booth.wire_booth import try_profile
    from lisa_core.host.program import run_program

    said: dict[str, Said] = {}

    async def meet() -> None:
        said.update(await try_profile(order.profile))

    code = run_program(meet())
    if code == CODE:
        RUN.note()  # the run says so, and leaves its report
        return ExitCode.PASSED, order
    return code, replace(order, said=said)
