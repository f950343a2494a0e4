"""Which STU pad an emulated one is: its values from `fixtures/personalities/signature-pad`, each with its origin.

title, name, product      as people and as the pad itself call it; its USB product number
firmware                  major and minor
report_rate               pen reports a second after power-on
[capability]              what its report 09 says
[feature_reports]         what can be asked and set, and how many bytes follow the number
[input_reports]           what comes unasked, likewise
serial_line               whether it can be on a serial line
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.personalities import personality
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.table import TABLE, Use

DEVICE = "signature-pad"
SERIAL_NUMBER = "LISA000001"
"""Ours: no document names the number of a unit that is not somebody's."""


@dataclass(frozen=True, slots=True)
class PadModel:
    """The values of one model."""

    name: str
    product: int
    firmware: tuple[int, int]
    capability: stu.Capability
    features: Mapping[int, int] = field(default_factory=dict)
    inputs: Mapping[int, int] = field(default_factory=dict)
    report_rate: int = 200
    serial_line: bool = False


def _sizes(use: Use) -> dict[int, int]:
    return {row.number: row.size - 1 for row in TABLE if use & row.use}


PLAIN = PadModel(
    "STU-430V",
    0x00A6,
    (1, 2),
    stu.Capability(9600, 6000, 1023, 320, 200, 200, 2540, encodings=0b11),
    _sizes(Use.GET | Use.SET),
    _sizes(Use.INPUT),
    serial_line=True,
)
"""A pad on a serial line when no model is asked for: it knows every report of the table."""


def pad_model(name: str) -> PadModel:
    """The model with this personality. Raises `HarnessError` for an unknown one."""
    values = personality(DEVICE, name)
    major, minor = values["firmware"]
    return PadModel(
        values["name"],
        values["product"],
        (major, minor),
        stu.Capability(**values["capability"]),
        _numbers(values["feature_reports"]),
        _numbers(values["input_reports"]),
        values["report_rate"],
        values["serial_line"],
    )


def _numbers(sizes: JsonMap) -> dict[int, int]:
    return {int(number, 16): size for number, size in sizes.items()}
