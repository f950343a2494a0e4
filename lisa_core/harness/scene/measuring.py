"""What a scenario measures: values until they are judged, with what slow lines and a busy machine explain."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lisa_core.harness.report.measure import late, measured
from lisa_core.harness.report.record import Measurement


class Measuring:
    """Keeps measurements. Who measures says what; `delays` how late devices may be."""

    def __init__(self) -> None:
        self.measurements: list[Measurement] = []

    def delays(self) -> Mapping[str, float]:
        """By slot the seconds by which what its device says may be late, where its line is measured."""
        return {}

    def measure(
        self,
        name: str,
        value: float,
        unit: str,
        uncertainty: float | None = None,
        held_up: float = 0.0,
        since: str = "",
        slots: Collection[str] = (),
    ) -> None:
        """Keep a measured value, to be compared with the limits of the requirements that this scenario shows.

        `slots` took part in it: how long their lines take enters its uncertainty.
        """
        delay_s = self._delay_s(slots)
        shown = f"{max(0.1, round(delay_s * 1000, 1)):g}".replace(".", ",")
        since += f"; die Leitung trägt bis zu {shown} ms zur Unsicherheit bei" if delay_s else ""
        self.measurements.append(measured(name, value, unit, uncertainty, held_up, since, delay_s))

    def explained(
        self,
        name: str,
        value: float,
        limit: float,
        held_up: float,
        unit: str = "s",
        *,
        upper: bool = True,
        slots: Collection[str] = (),
    ) -> bool:
        """Whether nothing is decided about a step's own limit, and kept so: a busy machine explains that it was missed,
        or the lines of `slots` take so long that it may have been kept or missed."""
        undecided = late(name, value, limit, held_up, unit, upper=upper, delay_s=self._delay_s(slots))
        self.measurements += [undecided] if undecided else []
        return undecided is not None

    def _delay_s(self, slots: Collection[str]) -> float:
        known = self.delays()
        return sum(known.get(slot, 0.0) for slot in slots)
