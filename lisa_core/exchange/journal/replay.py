"""The events of a log, played to the router again, as far as the directory still knows whom and what they name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import fields

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.values import from_json
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.router import Router
from lisa_core.store.journal import Entry
from lisa_core.store.json_rows import read_rows

Known = dict[type, tuple[tuple[str, Collection[object]], ...]]
"""By kind of event: its fields that name something, and what each may name."""


def replay(entries: list[Entry], router: Router, directory: Directory) -> tuple[int, int, int]:
    """Play them; returns how many were played, how many no longer fit, and the time of the last one (0: none)."""
    known, played, skipped, at_us = _known(directory), 0, 0, 0
    for told in _told([entry.data for entry in entries if entry.data]):
        try:
            kind = e.EVENTS[told.pop("event")]
            now_us = told.pop("us")
            event: e.RoutingEvent = from_json(kind, told)
            if type(now_us) is not int:
                raise ProtocolError("us is no number")
        except (KeyError, ProtocolError, ValueError, TypeError, AttributeError, RecursionError):
            skipped += 1
            continue
        for name, things in known[kind]:
            if (value := getattr(event, name)) and value not in things:
                skipped += 1
                break
        else:
            router.decide(event, now_us)
            at_us = now_us
            played += 1
    return played, skipped, at_us


def _told(texts: list[str]) -> Iterator[Json]:
    """What stands in each; None for one that is no JSON."""
    try:
        yield from read_rows(texts)
        return
    except (ValueError, RecursionError):
        pass  # one of them is no JSON: which one, is found below
    for text in texts:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            yield None


def _known(directory: Directory) -> Known:
    """Everybody and everything that an event may name."""
    things: dict[str, Collection[object]] = {
        "site": directory.sites,
        "agent": directory.agents,
        "office": directory.offices,
        "service": directory.services,
    }
    return {
        kind: tuple((field.name, things[field.name]) for field in fields(kind) if field.name in things)
        for kind in e.EVENTS.values()
    }
