"""An order as text: on its way from `lisa run --watch` into the process that runs it, which has loaded nothing old."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from lisa_core.harness.choice.change import as_text, from_text
from lisa_core.harness.settings import said_as_text, said_from
from lisa_core.harness.start.chosen import Chosen
from lisa_core.harness.start.run import Order


def order_as_text(order: Order) -> str:
    """For `order_from`."""
    effects = order.chosen.effects
    return json.dumps(
        {
            **asdict(order),
            "out": str(order.out),
            "said": said_as_text(order.said),
            "chosen": {**asdict(order.chosen), "effects": None if effects is None else as_text(effects)},
        }
    )


def order_from(path: Path) -> Order:
    """The order that is written in this file."""
    values = json.loads(path.read_text(encoding="utf-8"))
    chosen = values.pop("chosen")
    effects = chosen.pop("effects")
    chosen = Chosen(**chosen, effects=None if effects is None else from_text(effects))
    return Order(**{**values, "said": said_from(values["said"]), "chosen": chosen})
