"""The fixtures that steps ask for: `scene`, `run_settings`, `portal`, `measure`; and `booth`, for tests in Python.

`open_scene` is for steps that act in a world of their own: neither booth nor exchange is opened for them.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from lisa_core.config.classes.limits import Limit
from lisa_core.domain.model.errors import HarnessError, LisaError, MachineError
from lisa_core.harness.loop.portal import Portal
from lisa_core.harness.plugin.stash import (
    CARRIER,
    EQUIPMENT,
    EVIDENCE,
    FINDINGS,
    LACKING,
    LOSSES,
    MEASURED,
    MOMENT,
    OBSERVER,
    PLAN,
    REQUIREMENTS,
    SETTINGS,
)
from lisa_core.harness.report.measure import measured
from lisa_core.harness.report.record import Evidence, ExitCode, Measurement
from lisa_core.harness.report.requirement import owner
from lisa_core.harness.scene.resources import Carrier, Held, hold
from lisa_core.harness.settings import RunSettings, real_slots
from lisa_core.harness.tester.panel import PHOTOS, Panel
from lisa_core.harness.tester.progress import PROGRESS
from lisa_core.harness.text.language import say
from lisa_core.harness.text.tags import requirements_of
from lisa_core.host.machine import of_machine

if TYPE_CHECKING:  # only tests without Gherkin need it
    from lisa_core.harness.direct.blocking import WholeBooth
    from lisa_core.harness.direct.booth import AsyncWholeBooth
    from lisa_core.harness.scene.scene import Scene

_OPENED = pytest.StashKey[bool]()
_INTERRUPTED_CLOSE_S = 6.0
"""After Ctrl-C a visit is wiped; what has not let go by then ends with the process."""


class SceneLike(Protocol):
    """What the plugin needs to know of a scene."""

    evidence: list[Evidence]
    measurements: list[Measurement]

    async def finish(self) -> None:
        """Called after the last step, while everything is still open: collect evidence."""
        ...


OpenScene = Callable[[RunSettings], AbstractAsyncContextManager[SceneLike]]
OpenHere = Callable[..., Any]
"""(opener[, its name in sentences[, settings]]) -> what was opened."""


@pytest.fixture
def portal(request: pytest.FixtureRequest) -> Portal:
    """The way into the loop, for steps that are not `async def`."""
    return request.config.stash[CARRIER].portal


@pytest.fixture
def run_settings(request: pytest.FixtureRequest) -> RunSettings:
    """What this scenario runs under."""
    settings = request.config.stash[SETTINGS]
    plan = request.node.stash.get(PLAN, None)
    if plan is None:
        return settings
    return replace(settings, scenario=plan.name, tags=plan.tags, limits=_limits(plan.tags, request.config))


def _limits(tags: frozenset[str], config: pytest.Config) -> tuple[tuple[str, Limit], ...]:
    known = config.stash.get(REQUIREMENTS, {})
    named = ((name, owner(name, known)) for name in requirements_of(tags))
    return tuple(dict.fromkeys(limit for name, one in named if one is not None for limit in one.limits(name)))


@pytest.fixture(scope="session")
def tester(request: pytest.FixtureRequest) -> Iterator[Panel]:
    """Where a tester is asked in a run with real devices: one panel for all of it."""
    from lisa_core.harness.tester.program import PhoneWish, open_tester  # serves a page

    config, portal = request.config, request.config.stash[CARRIER].portal

    def tell(text: str) -> None:
        config.hook.pytest_lisa_told(text=text)

    settings = config.stash[SETTINGS]
    progress = config.pluginmanager.get_plugin(PROGRESS)  # there is one where a phone is listened to
    phone = PhoneWish(settings.listen, progress, settings.out / PHOTOS) if progress else None
    held, panel = portal.run(hold(open_tester(settings.answer_s, tell, phone)))
    yield panel
    if not portal.interrupted:
        portal.run(held.close())


@pytest.fixture
def measure(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`measure("anruf.klingelt", 1.4, "s", 0.05)`: keep a measured value, the last number its uncertainty if known."""
    request.node.stash.setdefault(MEASURED, [])

    def keep(name: str, value: float, unit: str, uncertainty: float | None = None) -> None:
        request.node.stash[MEASURED].append(measured(name, value, unit, uncertainty))

    return keep


@pytest.fixture
def open_scene(request: pytest.FixtureRequest, run_settings: RunSettings) -> Iterator[OpenHere]:
    """Opens what a scenario acts in, closes it after the last step. Steps of others make a fixture of theirs with it:

    @pytest.fixture
    def ferry(open_scene):
        return open_scene(open_ferry, "Die Fähre")  # its name in sentences
    """
    with ExitStack() as scenario:

        def here(opener: OpenScene, called: str = "", settings: RunSettings = run_settings) -> SceneLike:
            return scenario.enter_context(_opened(request, opener, called, settings))

        yield here


@pytest.fixture
def scene(request: pytest.FixtureRequest, run_settings: RunSettings, open_scene: OpenHere) -> object:
    """The booth, the exchange, the people: opened before the first step that needs it, closed after the last."""
    if real_slots(run_settings.profile):
        run_settings = replace(run_settings, panel=request.getfixturevalue("tester"))
    return open_scene(_opener(request.config), "", run_settings)


@contextlib.contextmanager
def _opened(
    request: pytest.FixtureRequest, opener: OpenScene, called: str, settings: RunSettings
) -> Iterator[SceneLike]:
    """Every step of the scenario runs beside it."""
    carrier, stash = request.config.stash[CARRIER], request.node.stash
    held, opened = _open(request, carrier, opener(settings), called)
    measurements = stash.setdefault(MEASURED, [])
    measurements += opened.measurements
    opened.measurements = measurements
    carrier.held.append(held)
    if (step_began := getattr(opened, "step_began", None)) is not None:  # a scene of others has none
        carrier.step_began = step_began
    try:
        yield opened
    finally:
        carrier.held.remove(held)
        carrier.step_began = None
        _close(request.node, carrier.portal, held, opened)


@pytest.fixture
def booth(request: pytest.FixtureRequest, scene: Scene) -> WholeBooth | AsyncWholeBooth:
    """A whole booth, whose methods an `async def` test awaits and any other just calls."""
    from lisa_core.harness.direct.blocking import WholeBooth
    from lisa_core.harness.direct.booth import AsyncWholeBooth

    if PLAN in request.node.stash:
        what = say("In Szenarien gibt es „booth“ nicht.")
        raise HarnessError(f"{what} {say('Ein Schritt nimmt „scene“: die Welt des Szenarios.')}")
    carrier = request.config.stash[CARRIER]
    inner = AsyncWholeBooth(scene, carrier(_loop()))
    return inner if inspect.iscoroutinefunction(request.function) else WholeBooth(inner, carrier)


async def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """An `async def` test of a booth runs where the booth lives: no other plugin is needed for it."""
    test = pyfuncitem.obj
    given = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    ours = "booth" in given and inspect.iscoroutinefunction(test)  # a plugin for coroutines may have wrapped it
    if ours:
        pyfuncitem.config.stash[CARRIER](test(**given))
    return ours or None


def _open(
    request: pytest.FixtureRequest, carrier: Carrier, opening: AbstractAsyncContextManager[SceneLike], called: str
) -> tuple[Held[SceneLike], SceneLike]:
    stash = request.config.stash
    try:
        held = carrier.portal.run(hold(opening, called=called))
    except (LisaError, OSError, MemoryError) as raised:
        error = raised if isinstance(raised, LisaError) else of_machine(raised)
        if error is None:
            raise
        if stash.get(_OPENED, False) or isinstance(error, HarnessError):
            what = say("{what} lässt sich nicht öffnen: {error}", what=called or say("Die Kabine"), error=error)
            raise HarnessError(what) from error
        # What was asked for has never been there: nothing can be tested with it.
        stash[FINDINGS].append(str(error))
        stash[LACKING] = isinstance(error, MachineError)
        pytest.exit(str(error), returncode=int(ExitCode.MACHINE if stash[LACKING] else ExitCode.BAD_INPUT))
    stash[_OPENED] = True
    return held


def _close(item: pytest.Item, portal: Portal, held: Held[SceneLike], opened: SceneLike) -> None:
    if portal.interrupted:
        with contextlib.suppress(HarnessError):
            portal.run(held.abandon(), limit_s=_INTERRUPTED_CLOSE_S)
        return
    look = getattr(opened, "glance", None)  # a scene of others has none
    try:
        if look is not None and item.config.stash[OBSERVER].worth_a_look(item, item.config.stash[SETTINGS].pictures):
            item.stash[MOMENT] = portal.run(held.beside(look()))
        recordings = getattr(opened, "recordings", None)  # a scene of others has none
        if recordings and (item.config.stash[SETTINGS].record or item.config.stash[OBSERVER].is_open(item)):
            opened.evidence.extend(portal.run(held.beside(recordings())))  # before anybody tidies up
        portal.run(held.beside(opened.finish()))
    finally:
        item.stash.setdefault(EVIDENCE, []).extend(opened.evidence)
        item.stash[EQUIPMENT] = (*item.stash.get(EQUIPMENT, ()), *getattr(opened, "equipment", ()))
        item.stash[LOSSES] = (*item.stash.get(LOSSES, ()), *getattr(opened, "losses", ()))
        portal.run(held.close())


def _opener(config: pytest.Config) -> OpenScene:
    module, _, name = config.getoption("--lisa-scene").partition(":")
    opener: OpenScene = getattr(importlib.import_module(module), name)
    return opener
