"""A device that somebody else's driver has opened: whatever that driver does, its slot says it as a `DeviceFault`.

The booth relies on what the protocols of the slots promise: nothing but faults, values of the right types, an answer in
time. Our own drivers are tested for that; one from outside is held to it here, and named with its package.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, SimpleNamespace, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from lisa_core.config.drivers import Installed
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.slots.promises.methods import ANSWER_S, AT_ONCE, LONG, WORK_S
from lisa_core.host.causes import told_by
from lisa_core.host.notices import tell_once
from lisa_core.host.patience import patience

CLOSE_S = 5.0


def held_to(protocol: type, device: object, found: Installed) -> object:
    """An object with the methods of the protocol, each of which keeps what it promises. Raises `DeviceFault`."""
    methods = {name: method for name, method in vars(protocol).items() if not name.startswith("_")}
    if missing := [name for name in methods if not callable(getattr(device, name, None))]:
        raise found.fault(f"kann nicht alles, was „{protocol.__name__}“ verlangt; es fehlt: {', '.join(missing)}")
    return SimpleNamespace(
        **{
            name: (_call if inspect.iscoroutinefunction(method) else _reports)(
                name, getattr(device, name), _said(method), found
            )
            for name, method in methods.items()
        }
    )


def _call(
    name: str, method: Callable[..., Awaitable[object]], kind: object, found: Installed
) -> Callable[..., Coroutine[object, object, object]]:
    async def call(*args: object) -> object:
        try:
            async with _limited(LONG.get(name, ANSWER_S)):
                value = await method(*args)
        except (Exception, SystemExit) as error:
            raise _fault(name, error, found) from error
        if kind is not NoneType and not fits(value, kind):
            raise _misfit(name, value, kind, found)
        return value

    return call


def _reports(
    name: str, method: Callable[..., AsyncIterator[object]], kind: object, found: Installed
) -> Callable[..., AsyncGenerator[object, None]]:
    async def reports(*args: object) -> AsyncGenerator[object, None]:
        values: AsyncIterator[object] | None = None
        limit_s = ANSWER_S if name in AT_ONCE else WORK_S if args else None
        try:
            while True:
                try:
                    values = aiter(method(*args)) if values is None else values
                    value = await _next(values, limit_s)
                except StopAsyncIteration:
                    break
                except (Exception, SystemExit) as error:
                    raise _fault(name, error, found) from error
                limit_s = None if name in AT_ONCE else limit_s
                if not fits(value, kind):
                    raise _misfit(name, value, kind, found)
                yield value
        finally:
            if (close := getattr(values, "aclose", None)) is not None:
                with contextlib.suppress(Exception):  # what it had to say is said
                    async with patience(CLOSE_S):
                        await close()

    return reports


def _limited(seconds: float | None) -> AbstractAsyncContextManager[None]:
    return contextlib.nullcontext() if seconds is None else patience(seconds)


async def _next(values: AsyncIterator[object], limit_s: float | None) -> object:
    async with _limited(limit_s):
        return await anext(values)


def _fault(name: str, error: BaseException, found: Installed) -> DeviceFault:
    if isinstance(error, DeviceFault):
        return error
    if isinstance(error, TimeoutError):
        return _told(found.fault(f"antwortet bei „{name}“ nicht"))
    return _told(found.fault(f"scheitert bei „{name}“ ({told_by(error, found.module)})"))


def _misfit(name: str, value: object, kind: object, found: Installed) -> DeviceFault:
    wanted = getattr(kind, "__name__", str(kind))
    what = f"sagt bei „{name}“ etwas Falsches: {type(value).__name__} statt {wanted}, oder falsche Felder"
    return _told(found.fault(what))


def _told(fault: DeviceFault) -> DeviceFault:
    """A device that is silent is no more than that; who has to mend a driver is told."""
    tell_once(str(fault))
    return fault


@cache
def _said(method: Callable[..., object]) -> object:
    """What a method of a protocol returns, or yields."""
    hint = get_type_hints(method)["return"]
    return hint if inspect.iscoroutinefunction(method) else get_args(hint)[0]


def fits(value: object, kind: object) -> bool:
    """Whether the value has this type, and the fields of a dataclass theirs."""
    if get_origin(kind) in (Union, UnionType):
        return any(fits(value, one) for one in get_args(kind))
    if kind in (bool, int, str, bytes, NoneType):
        return type(value) is kind
    if not isinstance(kind, type) or not isinstance(value, kind):
        return not isinstance(kind, type)
    if not is_dataclass(kind):
        return True
    return all(fits(getattr(value, name), hint) for name, hint in _hints(kind).items())


@cache
def _hints(kind: type) -> dict[str, object]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
