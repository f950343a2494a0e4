"""Steps may be `async def`: pytest-bdd would call them and never await them, and they would pass.

Its registry of steps is mutable, so each function in it is replaced by one that carries the coroutine through the
portal, and put back at the end of the run.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from pytest_bdd.steps import step_function_context_registry

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.match.limits import StepLimit
from lisa_core.harness.match.unawaited import Listening, Recording
from lisa_core.harness.steps.library import STEP_LIBRARY
from lisa_core.harness.text.language import say
from lisa_core.harness.text.words import Duration
from lisa_core.host.interruption import RUN

StepFunction = Callable[..., object]
Carry = Callable[[Coroutine[object, object, object], float], object]


class Bridge:
    """Carries the coroutines of each registered step through `carry`; `unawaited` notices the forgotten ones."""

    def __init__(self, carry: Carry, unawaited: Listening | Recording, limit_s: float = 0.0) -> None:
        """`limit_s`: seconds that a step may block; 0: for ever."""
        self._carry, self._unawaited, self._limit_s, self._alarm = carry, unawaited, limit_s, StepLimit()
        self._originals: list[tuple[Any, StepFunction]] = []

    def install(self) -> None:
        """Bridge every step that is registered by now; those that are bridged already stay."""
        self._alarm.install()
        bridged = {id(context) for context, _ in self._originals}
        for context in list(step_function_context_registry.values()):
            if id(context) not in bridged and not of_pytest_bdd(context.step_func):
                self._originals.append((context, context.step_func))
                context.step_func = self._bridged(context.step_func, shows=context.type == "then")

    def uninstall(self) -> None:
        """Put the steps back as they were."""
        while self._originals:
            context, original = self._originals.pop()
            context.step_func = original
        self._alarm.uninstall()

    def _bridged(self, step: StepFunction, *, shows: bool = False) -> StepFunction:
        if inspect.isgeneratorfunction(step) or inspect.isasyncgenfunction(step):
            return step  # pytest-bdd runs the first, the second is refused before anything runs
        unawaited, alarm, limit_s = self._unawaited, self._alarm, self._limit_s
        carry = self._carry if inspect.iscoroutinefunction(step) else None

        @functools.wraps(step)
        def bridged(*args: object, **kwargs: object) -> object:
            more_s = sum(value for value in (*args, *kwargs.values()) if isinstance(value, Duration))
            with unawaited.during(step.__name__):
                alarm.begin(limit_s + more_s if limit_s else 0.0, in_loop=carry is not None)
                try:
                    return _nothing_said(step, _performed(step, args, kwargs, carry, more_s))
                except AssertionError as error:
                    if shows and (why := _why_unfounded(step, kwargs.get("scene"))):
                        raise HarnessError(f"{why} Gesehen wurde: {error}") from error
                    raise
                finally:
                    alarm.end()

        return bridged


def _why_unfounded(step: StepFunction, scene: object) -> str:
    """Why this "Dann" of ours could not have been so, whatever the booth does; "" where it could."""
    if step.__module__ not in STEP_LIBRARY:
        return ""
    from lisa_core.harness.scene.scene import Scene  # loaded by then: a run of others' steps needs neither
    from lisa_core.harness.steps.grounds import why_unfounded

    return why_unfounded(step, scene) if isinstance(scene, Scene) else ""


def of_pytest_bdd(step: StepFunction) -> bool:
    """pytest-bdd registers a step of its own ("trace")."""
    return step.__module__.partition(".")[0] == "pytest_bdd"


def why_not_a_step(step: StepFunction) -> str:
    """The German reason why this function cannot be a step; empty when it can."""
    if inspect.isasyncgenfunction(inspect.unwrap(step)):
        return say("Die Funktion ist ein asynchroner Generator (async def mit yield) und würde nie ausgeführt.")
    return ""


def _nothing_said(step: StepFunction, result: object) -> object:
    """A step that answers yes or no checks nothing: nobody looks at its answer."""
    if isinstance(result, bool):
        what = "Der Schritt {name} gibt {value} zurück, was niemand prüft: „assert“ schreiben."
        raise HarnessError(say(what, name=step.__name__, value=result))
    return result


def _performed(
    step: StepFunction, args: tuple[object, ...], kwargs: Mapping[str, object], carry: Carry | None, more_s: float
) -> object:
    """What it returns; with `carry` the step is `async def`."""
    if carry is not None:
        result = step(*args, **kwargs)
        if inspect.iscoroutine(result):
            return carry(result, more_s)
    else:
        with RUN.breakable():
            result = step(*args, **kwargs)
    if inspect.isawaitable(result):
        if inspect.iscoroutine(result):
            result.close()
        what = "Der Schritt {name} gibt etwas zurück, worauf niemand wartet: „async def“ und „await“ schreiben."
        raise HarnessError(say(what, name=step.__name__))
    return result
