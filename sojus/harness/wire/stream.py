"""What the portal tells without being asked: server-sent events, read line by line as any browser reads them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx

from lisa_core.domain.model.json_types import JsonMap


@dataclass(frozen=True, slots=True)
class SentEvent:
    """`name`: what kind it is; `data`: what is told."""

    name: str
    data: JsonMap


async def events(answer: httpx.Response) -> AsyncIterator[SentEvent]:
    """Until the portal ends it."""
    name, data = "message", ""
    async for line in answer.aiter_lines():
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data += value
        elif not line and data:
            yield SentEvent(name, json.loads(data))
            name, data = "message", ""
