"""Before the first scenario and after the last, each device of the profile is asked: who it is, how long the way takes.

What cannot be asked, or is not what the profile says of it, is set up wrongly: nothing runs then, and nothing is said
of the device.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lisa_core.config.classes import CertificationClass
from lisa_core.config.classes.reach import too_far
from lisa_core.config.profile import Profile
from lisa_core.config.vendor.probe import Probed, probed
from lisa_core.config.vendor.told import BAD_INPUT, FAILED, PASSED, code_of_all
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.link import Link, Links, link_text
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.equipment.slots.origin import identity_text
from lisa_core.harness.report.record import RunRecord
from lisa_core.host.program import run_program


@dataclass(frozen=True, slots=True)
class Questioned:
    """What came of asking. `code` is the exit code of `lisa certify` where it cannot go on, and `wrong` says why."""

    said: Mapping[str, Said]
    links: Links
    code: int = PASSED
    wrong: tuple[str, ...] = ()

    def lines(self, wanted: CertificationClass) -> Iterator[str]:
        """For whoever tests: what stands before them, and what of this class is too far away for it."""
        for slot, one in self.said.items():
            who = identity_text(one.identity) or "sagt nicht, wer es ist: Es wird ein Probelauf"
            yield f"{SLOTS[slot].noun}: {who}. Weg hin und zurück: {link_text(self.links[slot])}"
        delays = {slot: link.delay_s for slot, link in self.links.items() if isinstance(link, Link)}
        yield from (f"Nicht zu entscheiden: {why}" for why in too_far(wanted, delays))


def questioned(profile: Profile) -> Questioned:
    """Ask every device that is bound to a real address; those of the emulator are asked nothing."""
    rows: list[Probed] = []

    async def ask() -> None:
        rows.extend(await probed(profile))

    if not profile.outside:
        return Questioned({}, {})
    code = run_program(ask()) or code_of_all(rows)
    # another device than declared is a wrong profile or a wrong cable: certify's 1 says something of the right one
    code = BAD_INPUT if code == FAILED else code
    said = {one.bound.slot: one.said for one in rows}
    links = {one.bound.slot: one.link for one in rows}
    return Questioned(said, links, code, tuple(_wrong(profile, rows)))


def _wrong(profile: Profile, rows: Sequence[Probed]) -> Iterator[str]:
    for one in rows:
        if one.trouble is not None:
            yield f"{SLOTS[one.bound.slot].noun}: {one.trouble.kind.value}: {one.trouble.text}"
        for each in one.contradictions:
            place = profile.place_of(f"slots.{one.bound.slot}.{each.key}")
            yield f"{place}: {SLOTS[one.bound.slot].noun}: {each.text} Profil berichtigen oder das andere anschließen."


def _exchanged(runs: Sequence[RunRecord], said: Mapping[str, Said]) -> Iterator[str]:
    """Devices that are not those of the scenarios that have run: what was certified would be two."""
    for slot, before in _identities(runs).items():
        now = identity_text(said[slot].identity if slot in said else DeviceIdentity())
        if now and now not in before:
            was = "“ oder „".join(sorted(before))
            yield f"{SLOTS[slot].noun}: Da ist ein anderes Gerät als in den Sitzungen davor: „{was}“, jetzt „{now}“."


def refuse_exchanged(runs: Sequence[RunRecord], said: Mapping[str, Said]) -> None:
    """Raises `LisaError` where a device was exchanged since the scenarios of these runs."""
    if found := [*_exchanged(runs, said)]:
        cure = "Das von vorher anschließen, oder mit --out in einem anderen Ordner neu beginnen."
        raise LisaError("\n".join([*found, cure]))


def _identities(runs: Sequence[RunRecord]) -> Mapping[str, set[str]]:
    """By slot who was there while scenarios ran."""
    found: dict[str, set[str]] = {}
    for one in (slot for run in runs for scenario in run.scenarios for slot in scenario.equipment):
        if one.identity:
            found.setdefault(one.slot, set()).add(one.identity)
    return found
