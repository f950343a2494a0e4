"""One agent's desk: mirrors what the exchange and the booth say, and does what an agent does."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from lisa_core.desk.history import History, is_failure
from lisa_core.desk.legs import DeskLegs
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.call_words import ConsultStage, DeskMode, Ending
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.ids import AgentId, CallId, FormId, LegId, OfficeId, PaperId, ServiceId, SiteId
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import Aim, CardKind
from lisa_core.domain.model.screen import Leaflet
from lisa_core.equipment.slots.call import ColleagueLeg, DeskLeg, MediaFactory
from lisa_core.host.patience import PATIENCE_S, patience
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope
from lisa_core.wire.uplink import Dial, LinkUp, Uplink

T = TypeVar("T")
UNREADY = (DeskMode.PAUSE, DeskMode.ABSENT)
"""States that only the agent ends."""
PAPERS_HIDDEN = {"door.open": True, "door.closed": False, "citizen.away": True, "citizen.back": False}
"""Notice -> whether the table is hidden here from now on. It is there before the picture that covers the table."""


class DeskClient:
    """A seat with a human's face, played by a script. What it knows is what a page would show."""

    def __init__(
        self, agent: AgentId, media: MediaFactory, dial: Dial, session: str, secret: str = "", *, take: bool = False
    ) -> None:
        """`secret`: that of the same page before it was loaded anew; `take`: go on here, whoever is connected."""
        self.agent = agent
        self.secret = secret or secrets.token_hex(16)
        self.name = ""
        self.office = ""
        self.connected = False
        self.state = DeskMode.OFF
        self.offices: tuple[m.OfficeEntry, ...] = ()
        self.services: tuple[m.ServiceEntry, ...] = ()
        self.offer: m.Offer | None = None
        self.last_offer: m.Offer | None = None
        self.withdrawn: Ending | None = None
        self.ended: Ending | None = None
        self.case = Case()
        self.form: JsonDict = {}
        self.booked: m.Booked | None = None
        self.unbooked = ""
        self.diary: m.Diary | None = None
        self.slip: m.SlipKnown | None = None
        self.notices: list[m.Notice] = []
        self.papers_hidden = False
        self.previews: dict[str, bytes] = {}
        self.refused: m.Refused | None = None
        self.camera: m.CameraAt | None = None
        """Where the camera over the table looks; None where it cannot be turned."""
        self.leaflet: Leaflet | None = None
        """What the citizen's screen shows of what the agent wanted to show."""
        self.card: CardKind | None = None
        """What lies on the card reader; None where there is none."""
        self.owed: list[m.CopyOwed] = []
        """What this office has to answer by post."""
        self.history = History()
        self.acted = 0
        """The number of the newest event when the agent last did something."""
        self.offered = self.taken = 0
        """The numbers of the last offer, and of the last call that was taken here."""
        self.question: m.ConsultState | None = None
        """How the question to a colleague stands that is asked from here."""
        self.forwarded: m.ForwardState | None = None
        """How the call stands that was forwarded last."""
        self._legs = DeskLegs[DeskLeg](self._wake, self._fail)
        self._colleagues = DeskLegs[ColleagueLeg](self._wake, self._fail)
        self._leg_id, self._consulted, self._asks = LegId(""), False, False
        self._ways = DIRECT
        self._call = self._forwarded = NO_CALL
        self._media = media
        self._uplink = Uplink(dial, lambda seen: m.DeskHello(agent, session, seen, self.secret, take))
        self._change = asyncio.Event()
        self._dead: BaseException | None = None

    def table(self) -> Frame | None:
        """What the agent sees of the table; None while it is hidden, here or by the booth."""
        return None if self.papers_hidden or self.leg is None else self.leg.document_frame()

    @property
    def leg(self) -> DeskLeg | None:
        """The connection with the booth, once it is answered."""
        return self._legs.leg

    @property
    def colleague(self) -> ColleagueLeg | None:
        """The connection with the colleague of a question."""
        return self._colleagues.leg

    def died(self, task: asyncio.Task[None]) -> None:
        """Whoever waits for something at this desk waits in vain once its task has ended, however it has."""
        cancelled = HarnessError("der Platz ist verlassen")
        self._fail(cancelled if task.cancelled() else task.exception() or cancelled)

    async def run(self) -> None:
        """Stay at the desk until cancelled."""
        link = asyncio.create_task(self._uplink.run())
        try:
            while True:
                item = await self._uplink.inbox.get()
                if isinstance(item, Envelope):
                    self.history.add(item.body)
                    self._take(item)
                else:
                    self.connected = isinstance(item, LinkUp)
                    if isinstance(item, LinkUp):
                        self.name, self.office = item.welcome.name, item.welcome.office
                self._wake()
        finally:
            link.cancel()
            await asyncio.gather(link, self._colleagues.aclose(), self._legs.aclose(), return_exceptions=True)

    async def until(
        self,
        condition: Callable[[DeskClient], T | None],
        what: str,
        within_s: float = PATIENCE_S,
        *,
        instead: Callable[[m.Message], bool] | None = None,
        since: int | None = None,
    ) -> T:
        """Wait until `condition(desk)` is true; returns its value. Raises `AssertionError` with `what`.

        It raises at once when an event that came since the agent's last act, or since that number, is one of those that
        `instead` names: what is waited for can then no longer come.
        """
        began = self.history.count if since is None else since
        mark = self.acted if since is None else since
        try:
            async with patience(within_s):
                while not (value := condition(self)):
                    if self._dead is not None:
                        raise HarnessError(f"{self.name or self.agent}: der Platz ist ausgefallen: {self._dead}")
                    if instead is not None and any(map(instead, self.history.since(mark))):
                        raise self._unmet(f"{what} – stattdessen: {self.history.told(mark)}")
                    await self._change.wait()
                return value
        except TimeoutError:
            came = f"Gekommen ist: {self.history.told(began)}"
            raise self._unmet(f"{what} – nicht innerhalb von {within_s:g} s. {came}") from None

    async def happened(
        self,
        wanted: Callable[[m.Message], object],
        what: str,
        within_s: float = PATIENCE_S,
        *,
        instead: Callable[[m.Message], bool] | None = None,
        since: int | None = None,
    ) -> m.Message:
        """Wait for an event that `wanted` names, since the agent's last act or since that number; else as `until`.

        What came and went again counts: it has happened.
        """
        mark = self.acted if since is None else since

        def found(desk: DeskClient) -> m.Message | None:
            return next((body for body in desk.history.since(mark) if wanted(body)), None)

        return await self.until(found, what, within_s, instead=instead, since=mark)

    async def unless_failed(self, waiting: Awaitable[T], what: str) -> T:
        """What comes of `waiting`. Raises `AssertionError` at once when a device fails since the agent's last act."""
        mark, task = self.acted, asyncio.ensure_future(waiting)
        try:
            while not task.done():
                if any(map(is_failure, self.history.since(mark))):
                    raise self._unmet(f"{what} – stattdessen: {self.history.told(mark)}")
                changed = asyncio.ensure_future(self._change.wait())
                await asyncio.wait((task, changed), return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
            return task.result()
        finally:
            task.cancel()

    async def rings(
        self, what: str = "es klingelt", within_s: float = PATIENCE_S, *, since: int | None = None
    ) -> m.Offer:
        """Wait until it rings; with `since` it may also have rung after that event and have stopped again.

        Raises `AssertionError` at once where it cannot ring: nobody made this desk ready.
        """

        def found(desk: DeskClient) -> m.Offer | str | None:
            rang = since is not None and desk.offered > since
            return (desk.last_offer if rang else desk.offer) or desk._unready

        answer: m.Offer | str = await self.until(found, what, within_s)
        if isinstance(answer, str):
            raise self._unmet(f"{what} – {answer}")
        return answer

    @property
    def _unready(self) -> str:
        """Why nothing can ring here now, in a sentence; "" where something may."""
        if not self.connected or self._asks or self.state not in UNREADY:
            return ""
        return f"niemand hat diesen Platz bereit gemeldet; er ist „{self.state}“"

    def _unmet(self, what: str) -> AssertionError:
        return AssertionError(f"{self.name or self.agent}: {what}")

    def _fail(self, error: BaseException) -> None:
        self._dead = self._dead or error
        self._wake()

    def _wake(self) -> None:
        self._change.set()
        self._change = asyncio.Event()

    # --- what an agent does -----------------------------------------------------------------------------------------

    def ready(self, headset: bool = True) -> None:
        """A scripted desk has its headset, unless it says otherwise."""
        self._asks = True
        self._act(m.Ready(headset))

    def pause(self) -> None:
        self._asks = False
        self._act(m.Pause())

    def accept(self) -> None:
        self._send(m.Accept())

    def reject(self, *, busy: bool = False) -> None:
        """`busy`: no call at all for a moment."""
        self._send(m.Reject(busy))

    def forward(self, office: OfficeId, service: ServiceId | None = None) -> None:
        self._send(m.Forward(office, service))

    def consult(self, office: OfficeId, service: ServiceId | None = None) -> None:
        """Ask this office first; the citizen stays here."""
        self._send(m.Consult(office, service))

    def hand_over(self) -> None:
        """The colleague who was asked takes the citizen."""
        self._send(m.HandOver())

    def take_back(self) -> None:
        """Withdraw the question, or fetch back the call that was forwarded."""
        if self._call or not self._forwarded:
            self._send(m.TakeBack())
        else:
            self._act(m.TakeBack(), self._forwarded)

    def hang_up(self) -> None:
        self._send(m.HangUp())

    def book(self, office: OfficeId, start: str, service: ServiceId | None = None, *, with_me: bool = False) -> None:
        """Book a follow-up for the citizen in this call. `start`: local time at the booth, ISO to the minute."""
        self._send(m.Book(office, start, service, with_me))

    def book_elsewhere(self, site: SiteId, office: OfficeId, start: str, service: ServiceId | None = None) -> None:
        """An appointment for somebody who telephones, or stands in the office."""
        self._act(m.Book(office, start, service, False, site))

    def unbook(self, token: str) -> None:
        self._act(m.Unbook(token))

    def ask_diary(self) -> None:
        """Which appointments are there? The answer is `diary`."""
        self.diary = None
        self._act(m.AskDiary())

    def show_slip(self, token: str) -> None:
        """The citizen in this call has brought the slip of an appointment."""
        self._send(m.ShowSlip(token))

    def note_copy(self, number: str) -> None:
        """The agent has read that this copy goes by post."""
        self.owed = [owed for owed in self.owed if owed.number != number]
        self._act(m.CopyNoted(number))

    def classify(self, outcome: Outcome) -> None:
        """Say how the visit ends."""
        self._send(m.Classify(outcome))

    def choose_service(self, service: ServiceId) -> None:
        self._send(ops.ChooseService(service))

    def open_form(self, form: FormId) -> None:
        self._send(ops.OpenForm(form))

    def set_field(self, field: str, value: str) -> None:
        self._send(ops.SetField(field, value, self.case.revision))

    def scan(self, title: str) -> None:
        self._send(ops.ScanPapers(title))

    def capture_still(self, title: str) -> None:
        self._send(ops.CaptureStill(title))

    def aim_camera(self, aim: Aim) -> None:
        """Turn or zoom the camera over the table."""
        self._send(m.AimCamera(aim))

    def show_leaflet(self, leaflet: Leaflet | None) -> None:
        """Show the citizen a few lines; None takes them away."""
        self._send(m.ShowLeaflet(leaflet))

    def accept_paper(self, paper: PaperId) -> None:
        self._send(ops.AcceptPaper(paper))

    def discard_paper(self, paper: PaperId) -> None:
        self._send(ops.DiscardPaper(paper))

    def copy_paper(self, paper: PaperId) -> None:
        """Print it for the citizen; nobody keeps it."""
        self._send(ops.CopyPaper(paper))

    def declare_papers(self, service: ServiceId | None = None, reference: str = "") -> None:
        """Show the citizen what she hands in without an application."""
        self._send(ops.DeclarePapers(service, reference))

    def ask_check(self) -> None:
        self._send(ops.AskCheck())

    def ask_signature(self) -> None:
        self._send(ops.AskSignature())

    def hand_in(self) -> None:
        self._send(ops.HandIn())

    def _send(self, body: m.Message) -> None:
        if not self._call:
            who = self.name or self.agent
            raise HarnessError(f"{who} hat kein Gespräch, in dem das ginge. Zuletzt: {self.history.told(0)}.")
        self._act(body, self._call)

    def _act(self, body: m.Message, call: CallId = NO_CALL) -> None:
        self.acted = self.history.count
        self._uplink.send(body, call)

    # --- what arrives -----------------------------------------------------------------------------------------------

    def _take(self, envelope: Envelope) -> None:
        body = envelope.body
        match body:
            case m.DeskState():
                self.state, self.offices, self.services = body.state, body.offices, body.services
                self._asks = self._asks and body.state in UNREADY  # not answered yet
                if body.state not in (DeskMode.RINGING, DeskMode.TALKING):
                    self._end()  # what went on here while the link was lost is over
            case m.Offer():
                self.offer = self.last_offer = body
                self.offered = self.history.count
                self._call, self.withdrawn, self.ended = envelope.call, None, None
            case m.Withdrawn():
                self.offer, self.withdrawn, self._call = None, body.reason, NO_CALL
            case m.Taken():
                self.taken = self.history.count
                self._begin(envelope.call, body.leg)
                self._consulted = body.consult
            case m.ConsultState():
                self._asked(body)
            case m.ForwardState():
                self.forwarded, self._forwarded = body, envelope.call
            case m.CallEnded():
                self.ended = body.reason
                self._end()
            case MediaWays():
                self._ways = body
            case m.MediaOffer():
                self._answer(body)
            case m.MediaAnswer(sdp=sdp):
                self._colleagues.then(lambda leg: leg.accept(sdp))
            case m.CaseState():
                self.case, self.form = body.case, body.form
                kept = {page.digest for paper in body.case.papers for page in paper.pages}
                self.previews = {digest: jpeg for digest, jpeg in self.previews.items() if digest in kept}
            case m.Preview():
                self.previews[body.digest] = base64.b64decode(body.jpeg)
            case m.Notice():
                self.notices.append(body)
                self.papers_hidden = PAPERS_HIDDEN.get(body.code, self.papers_hidden)
            case m.CameraAt():
                self.camera = body
            case m.CardOn():
                self.card = body.kind
            case m.LeafletShown():
                self.leaflet = body.leaflet
            case m.Booked():
                self.booked = body
            case m.Unbooked():
                self.unbooked = body.token
            case m.Diary():
                self.diary = body
            case m.SlipKnown():
                self.slip = body
            case m.CopyOwed():
                self.owed.append(body)
            case m.Refused():
                self.refused, self._asks = body, False
            case _:
                return  # a page would show nothing of it either

    def _begin(self, call: CallId, leg: LegId) -> None:
        self._close_all()
        self.offer, self._call, self._leg_id = None, call, leg
        self.case, self.form, self.previews, self.notices = Case(), {}, {}, []
        self.camera, self.card, self.leaflet, self.papers_hidden = None, None, None, False

    def _answer(self, body: m.MediaOffer) -> None:
        if body.leg != self._leg_id:
            return
        call, name, ways = self._call, self.name, self._ways

        async def answered(leg: DeskLeg | ColleagueLeg) -> None:
            answer = await leg.answer(body.sdp)
            if self._has_way(leg, call, ways):
                self._uplink.send(m.MediaAnswer(body.leg, answer), call)

        if self._consulted:
            self._colleagues.open(lambda: self._media.colleague_leg(name, ways=ways), answered)
        else:
            self._legs.open(lambda: self._media.desk_leg(name, ways=ways), answered)

    def _has_way(self, leg: DeskLeg | ColleagueLeg, call: CallId, ways: MediaWays) -> bool:
        """Whether this end has a way to offer; the exchange is told of a relay that gives none."""
        if leg.relay_trouble is not None:
            self._uplink.send(m.RelayMissing(leg.relay_trouble), call)
        return leg.relay_trouble is None or not ways.relay_only

    def _end(self) -> None:
        self.offer, self._call = None, NO_CALL
        self._close_all()
        self.leaflet = None
        self.case, self.form, self.previews, self.question = Case(), {}, {}, None

    def _asked(self, state: m.ConsultState) -> None:
        """The question goes on; once the colleague has answered, the asking desk offers."""
        before, self.question = self.question, state
        if state.state is not ConsultStage.TALKING or (before and before.leg != state.leg):
            self._colleagues.close()
        if state.state is ConsultStage.TALKING and not self._colleagues.wanted:
            call, ways = self._call, self._ways

            async def offered(leg: ColleagueLeg) -> None:
                offer = await leg.offer()
                if self._has_way(leg, call, ways):
                    self._uplink.send(m.MediaOffer(state.leg, offer), state.question)

            self._colleagues.open(lambda: self._media.colleague_leg(self.name, ways=ways), offered)

    def _close_all(self) -> None:
        self._colleagues.close()
        self._legs.close()


@contextlib.asynccontextmanager
async def open_desk(
    agent: AgentId, media: MediaFactory, dial: Dial, session: str, secret: str = "", *, take: bool = False
) -> AsyncIterator[DeskClient]:
    """Sit down at a desk; it is connected when this returns. `secret` and `take`: see `DeskClient`."""
    desk = DeskClient(agent, media, dial, session, secret, take=take)
    task = asyncio.create_task(desk.run())
    task.add_done_callback(desk.died)
    try:
        await desk.until(lambda d: d.connected and d.state is not DeskMode.OFF, "Platz angemeldet")
        yield desk
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


Desk = DeskClient
"""Its name up to version 0.1.0, for people's own steps; goes with `lisa_core.moved.SINCE`."""
