"""A slot of any kind, made of an adapter: each method of its protocol is a call of the same name on its line."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Coroutine, Mapping
from types import SimpleNamespace

from lisa_core.equipment.drivers.adapter.device import AdapterDevice
from lisa_core.equipment.slots.driver import Given
from lisa_core.equipment.slots.promises.methods import IDENTIFY, Method, methods_of


def slot_of(protocol: type, device: AdapterDevice, options: Given) -> object:
    """An object that fulfils the protocol."""
    methods: dict[str, object] = {
        name: (_reports if method.reports else _call)(device, method) for name, method in methods_of(protocol).items()
    }
    if hasattr(protocol, IDENTIFY):
        methods[IDENTIFY] = device.identify
    return SimpleNamespace(**methods)


def _call(device: AdapterDevice, method: Method) -> Callable[..., Coroutine[object, object, object]]:
    async def call(*given: object, **named: object) -> object:
        args = _args(method, given, named)
        return await device.talk().call(method, args, _taken(method, args))

    return call


def _reports(device: AdapterDevice, method: Method) -> Callable[..., AsyncGenerator[object, None]]:
    async def reports(*given: object, **named: object) -> AsyncGenerator[object, None]:
        async with contextlib.aclosing(device.talk().reports(method, _args(method, given, named))) as values:
            async for value in values:
                yield value

    return reports


def _args(method: Method, given: tuple[object, ...], named: Mapping[str, object]) -> dict[str, object]:
    names = [*method.args, *(method.takes or ())[:1]]
    return {**dict(zip(names, given, strict=False)), **named}


def _taken(method: Method, args: dict[str, object]) -> AsyncIterable[object] | None:
    """What is handed over one by one: it is no argument on the line."""
    if method.takes is None:
        return None
    taken = args.pop(method.takes[0])
    assert isinstance(taken, AsyncIterable)
    return taken
