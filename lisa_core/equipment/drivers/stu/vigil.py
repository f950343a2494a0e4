"""What a driver keeps an eye on while somebody signs: of a signature that was not seen whole nothing is used. Pure."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import PenSample
from lisa_core.equipment.codecs.stu import reports as stu

PenReport = stu.PenData | stu.PenDataTimeCountSequence
WRAP = 0x10000
EARLY = 200
"""So many reports of a pen that was there already may be on their way when the pad changes how it reports: a second."""
UNSEEN = 4
"""So many reports may be missing while the pen hovers: 20 ms, in which nobody writes a stroke. After one that says that
the pen is away any number may: whether a pad counts on meanwhile is unverified."""
NEAR_S = 1.0
"""A pen that is near is told of again and again: when nothing comes for so long, what it did then is missing."""
STUCK_MS = 5000
"""A pen that touches and neither moves nor presses otherwise for so long is no hand: a hand trembles."""

RESTARTED = "hat beim Schreiben neu begonnen"
BEGUN = "wurde schon beschrieben, bevor es bereit war"
BROKE_OFF = "meldet von einem Stift in der Nähe nichts mehr"
GAP = "hat beim Schreiben Meldungen verloren"
STUCK = "meldet einen Stift, der sich nicht mehr rührt"
UNENCRYPTED = "meldet unverschlüsselt, obwohl es verschlüsseln soll"
_AGAIN = "Noch einmal unterschreiben"


class Vigil:
    """One capture. `gaps` counts the reports that are missing, by the pad's running number."""

    def __init__(self, place: str, *, encrypted: bool = False, begun: bool = False) -> None:
        """`begun`: somebody has written while the pad was made ready."""
        self.gaps = 0
        self._place, self._encrypted = place, encrypted
        self._last: stu.PenDataTimeCountSequence | None = None
        self._begun = begun
        self._heard_us = self._at_ms = self._still_ms = self._early = 0

    def see(self, report: PenReport, heard_us: int, *, opened: bool = False) -> PenSample | None:
        """The sample in a report that was heard at `heard_us`; `opened`: it came out of an encrypted one.

        None for one that was sent before the capture began.
        Faults, after each of which nothing of this signature counts: `pad.early`, `pad.restarted`, `pad.unencrypted`,
        `pad.gap` (while the pen touched, or may have), `pad.stuck`.
        """
        of_before = isinstance(report, stu.PenData) or (self._encrypted and not opened)
        if of_before and self._last is None and self._early < EARLY:
            self._early += 1
            self._begun |= isinstance(report, stu.PenData) and stu.is_down(report.head)
            return None
        if self._encrypted and not opened:
            raise self._fault("unencrypted", f"{UNENCRYPTED}. Das Pad aus- und wieder einschalten")
        if isinstance(report, stu.PenData):  # it knows nothing of the mode that it was set to
            raise self.restarted()
        last, self._last = self._last, report
        if last:
            self._count(last, report, heard_us)
        elif self._begun:  # what was written before is missing
            raise self._fault("early", f"{BEGUN}. Den Stift abheben und {_AGAIN.lower()}")
        self._heard_us = heard_us
        near, down = stu.is_near(report.head), stu.is_down(report.head)
        return PenSample(self._at_ms * 1000, report.x, report.y, stu.pressure(report.head), near, down)

    def _count(self, last: stu.PenDataTimeCountSequence, report: stu.PenDataTimeCountSequence, heard_us: int) -> None:
        step_ms = elapsed_ms(last.time_count, report.time_count, (heard_us - self._heard_us) / 1000)
        self._at_ms += step_ms
        down = stu.is_down(report.head)
        if missing := (report.sequence - last.sequence - 1) % WRAP:
            self.gaps += missing
            touches = down or stu.is_down(last.head)
            if touches or (missing > UNSEEN and stu.is_near(last.head)):
                raise self._fault("gap", f"{GAP} ({missing}). {_AGAIN}")
        still = down and (report.head, report.x, report.y) == (last.head, last.x, last.y)
        self._still_ms = self._still_ms + step_ms if still else 0
        if self._still_ms >= STUCK_MS:
            raise self._fault("stuck", f"{STUCK}. Den Stift abheben; {_AGAIN.lower()}")

    @property
    def near(self) -> bool:
        """Whether the pen was near when it was told of last: it cannot go without a report."""
        return self._last is not None and stu.is_near(self._last.head)

    def broke_off(self) -> DeviceFault:
        """It was near, and nothing more is told of it."""
        return self._fault("gap", f"{BROKE_OFF}. {_AGAIN}")

    def restarted(self) -> DeviceFault:
        """The pad is no longer as it was set."""
        return self._fault("restarted", f"{RESTARTED}. {_AGAIN}")

    def _fault(self, code: str, what: str) -> DeviceFault:
        return DeviceFault(f"pad.{code}", f"Unterschriftenpad {self._place}: {what}.", retryable=True)


def elapsed_ms(last_count: int, count: int, silence_ms: float) -> int:
    """Milliseconds between two counts of 16 bits; `silence_ms` by our own clock tells how often it wrapped."""
    step = (count - last_count) % WRAP
    return step + WRAP * max(0, round((silence_ms - step) / WRAP))
