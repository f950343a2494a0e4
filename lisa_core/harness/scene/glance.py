"""One look at a scene before it is closed: what the screen shows, what a desk has been told, what was said until then.

Taken only where somebody will look at it: when a scenario did not pass, or where pictures of all are wished. Of devices
that are real nothing is kept that could be of a real person: no sheet, no signature (see `scene.Scene.show`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lisa_core.domain.model.values import to_json
from lisa_core.harness.report.pictures.moment import BOOTH, CITIZEN, EXCHANGE, STEP, DeskSight, Moment, Utterance
from lisa_core.harness.rig.overheard import Head, Overheard
from lisa_core.wire import messages as m
from lisa_core.wire.message_names import NAMES

if TYPE_CHECKING:
    from lisa_core.desk.client import DeskClient
    from lisa_core.harness.rig.rig import Rig

SAID = 150
"""How much of what was said is kept: the last of it."""
HERS = frozenset(
    {
        *("praesenz.erkannt", "praesenz.verloren", "platz.genommen", "tuer.geoeffnet", "tuer.geschlossen"),
        *("ruftaste.gedrueckt", "beratung.nicht_gewuenscht", "kamera.gewaehlt"),
    }
)
"""Entries of the booth's log that tell of the citizen."""
_NAME, _AGENT = re.compile(r'"type":"([^"]+)"'), re.compile(r'"agent":"([^"]+)"')
_TEXT = re.compile(r'"text":("(?:[^"\\]|\\.)*")')
_ONE_OF_A_KIND = (m.DeskState, m.CaseState, m.CardOn, m.CameraAt, m.LeafletShown, m.UnstaffedOffices, m.ConsultState)
_UNSEEN = (m.MediaOffer, m.MediaAnswer, m.Ack)


def look(
    rig: Rig, desks: Iterable[DeskClient], overheard: Overheard, began_us: int, now_us: int, *, ours: bool
) -> Moment:
    """This moment. `ours`: sheets and signature are of emulated devices."""
    screen, seats = rig.screen, list(desks)
    view = screen.view if ours else replace(screen.view, signature_svg="")
    names = {str(seat.agent): seat.name or seat.agent for seat in seats}
    return Moment(
        now_us - began_us,
        dict(to_json(view)),
        screen.face,
        dict(screen.pages) if ours else {},
        _sight(seats, ours=ours),
        tuple(sorted((*_done(rig, began_us, now_us), *_said(overheard, names, began_us)), key=_when)[-SAID:]),
    )


def _when(one: Utterance) -> int:
    return one.at_us


def _sight(seats: list[DeskClient], *, ours: bool) -> DeskSight | None:
    """The desk that talks, or else that rings, or else the first."""
    if not seats:
        return None
    seat = min(seats, key=lambda one: (one.leg is None, one.offer is None))
    told = tuple((NAMES[type(body)], dict(to_json(body))) for body in _told(seat, ours=ours))
    return DeskSight(seat.agent, seat.name, seat.office, told)


def _told(seat: DeskClient, *, ours: bool) -> list[m.Message]:
    """What its page would have to be told to look as it does: of each kind that replaces itself the newest."""
    kept: list[m.Message] = []
    seen: set[type] = set()
    wanted = {page.digest for paper in seat.case.papers for page in paper.pages} if ours else set()
    for body in reversed(list(seat.history.since(0))):
        if isinstance(body, _UNSEEN) or (isinstance(body, m.Preview) and body.digest not in wanted):
            continue
        if isinstance(body, _ONE_OF_A_KIND):
            if type(body) in seen:
                continue
            seen.add(type(body))
        kept.append(body)
    return kept[::-1]


def _said(overheard: Overheard, names: dict[str, str], began_us: int) -> Iterator[Utterance]:
    """What went over the lines, by who sits at their ends."""
    ends: dict[int, str] = {}
    for head in overheard:
        if not head.line:
            yield Utterance(head.at_us - began_us, "", "", STEP, head.head)
            continue
        if (found := _NAME.search(head.head)) is None:
            continue
        if found[1] == "desk.hello" and (agent := _AGENT.search(head.head)):
            ends[head.line] = names.get(agent[1], agent[1])
        end = ends.get(head.line, BOOTH)
        sender, receiver = (end, EXCHANGE) if head.out else (EXCHANGE, end)
        yield Utterance(head.at_us - began_us, sender, receiver, found[1], _detail(head))


def _detail(head: Head) -> str:
    """The sentence in it, where there is one that was kept whole."""
    found = _TEXT.search(head.head)
    return str(json.loads(found[1])) if found else ""


def _done(rig: Rig, began_us: int, now_us: int) -> Iterator[Utterance]:
    """What the citizen did, as far as the booth noticed it."""
    civil = rig.clock.instant().civil
    for entry in rig.booth.journal():
        if entry.name in HERS:
            ago_us = round((civil - datetime.fromisoformat(entry.at)).total_seconds() * 1_000_000)
            if ago_us >= 0:  # else the clock was set back meanwhile
                yield Utterance(max(0, now_us - began_us - ago_us), CITIZEN, BOOTH, entry.name, entry.detail)
