"""An order as text: on its way from `lisa run --watch` into the process that runs it, which has loaded nothing old."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from lisa_core.harness.choice.change import as_text, from_text
from lisa_core.harness.settings import links_as_text, links_from, said_as_text, said_from
from lisa_core.harness.start.run import Order


def order_as_text(order: Order) -> str:
    """For `order_from`."""
    effects = None if order.effects is None else as_text(order.effects)
    asked = {"said": said_as_text(order.said), "links": links_as_text(order.links)}
    return json.dumps({**asdict(order), "out": str(order.out), **asked, "effects": effects})


def order_from(path: Path) -> Order:
    """The order that is written in this file."""
    values = json.loads(path.read_text(encoding="utf-8"))
    effects = None if values["effects"] is None else from_text(values["effects"])
    asked = {"said": said_from(values["said"]), "links": links_from(values["links"])}
    return Order(**{**values, **asked, "effects": effects})
