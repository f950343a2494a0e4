"""The case of the present visit: how it goes on, who may see how much of it, and what the desk in the call is told.

What is to be done for it comes back as a `Followed`: the booth steps the visit and runs the work. `talk` is the talk
that goes on, also while the citizen is outside for a moment.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

from lisa_core.booth import meaning
from lisa_core.booth.case.casework import Casework
from lisa_core.booth.case.signature import PadReady
from lisa_core.booth.case.told import copy_told, told_after
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.screen import texts
from lisa_core.booth.screen.touch import AboutTheCase, Agreed, AskedBack, ReadToTheEnd
from lisa_core.domain.case import machine as case_machine
from lisa_core.domain.case.consent import (
    Sharing,
    agree,
    for_office,
    hidden_count,
    may_operate,
    note,
    shared_count,
    withdraw,
)
from lisa_core.domain.case.forms import described
from lisa_core.domain.case.papers_only import form_spec
from lisa_core.domain.case.rules import FINAL
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.ids import CallId, OfficeId, TenantId
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import states as s
from lisa_core.wire import messages as m

Talk = s.Talking | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What follows for the visit, and work whose results come back one by one."""

    events: tuple[e.VisitEvent, ...] = ()
    works: tuple[Reports, ...] = ()


NOTHING = Followed()
_COPY = ops.HandOutCopy()


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer has finished, or cannot print: `doing` says so. `copy`: the citizen has the copy.

    `paper`: it was a paper of hers, which no office gets.
    """

    copy: bool = False
    doing: str = ""
    paper: bool = False


Reports = AsyncIterator[ops.CaseEvent | m.Notice | Printed | PadReady]
"""What long work has to say, as it goes on."""


class CaseFile:
    """`case` may be looked at; `doing` says what the printer is doing, `appointment` which appointment was made.

    `copy_at` says where her copy is, `told` what went wrong; `asking` is the paper she is asked back about, `read` the
    declaration whose end she has seen; `pad_ready`: whether the pad takes a signature, when one is wanted.
    """

    def __init__(self, kit: BoothKit) -> None:
        self.case = Case()
        self.work = Casework(kit)
        self.appointment = self.doing = self.copy_at = self.told = self.asking = self.read = ""
        self.pad_ready = False
        self.owes_copy = False
        """The copy is to be printed as soon as the citizen is there to take it."""
        self._kit = kit
        self._sharing = Sharing()
        self._tenants = {office.id: office.tenant for office in kit.directory.offices.values()}

    def forget(self) -> None:
        """Nothing is known of the visit any more; its pages are destroyed by `erase`."""
        self.case, self._sharing = Case(), Sharing()
        self.appointment = self.doing = self.copy_at = self.told = self.asking = self.read = ""
        self.pad_ready = self.owes_copy = False

    def erase(self) -> None:
        """Destroy the pages of the visit and everything made of them. Raises `LisaError` when something is left."""
        self.work.erase()

    @property
    def erased(self) -> bool:
        """Whether no page, stroke or preview of any visit is held."""
        return self.work.erased

    @property
    def unsent(self) -> bool:
        """Whether what was handed in has certainly not left the booth as a whole."""
        return self.work.unsent

    # --- how it goes on ---------------------------------------------------------------------------------------------

    def step(self, event: ops.CaseEvent, talk: Talk) -> Followed:
        """One step of the case machine; the desk gets the new state of the case."""
        before, directory = self.case, self._kit.directory
        self.case, effects = case_machine.step(before, event, directory.forms, directory.services)
        self.told = told_after(event, before, self.case, self.told)
        self.owes_copy = self.owes_copy or _COPY in effects
        self.pad_ready = self.pad_ready and not any(isinstance(effect, ops.StartSignature) for effect in effects)
        works = tuple(self._perform(effect, talk) for effect in effects if effect != _COPY)
        if self.case is before:
            return Followed(works=works)
        if talk is not None:
            known, self._sharing = self._sharing, note(self._sharing, self.case, talk.office)
            if isinstance(event, ops.PageCaptured):
                self._send(self.work.preview(event.page), talk)
            if not self.tell(talk) and isinstance(event, ops.AgentOperation):
                self.case, self._sharing = before, known
                self._send(m.Notice("case.full", texts.notice("case.full")), talk)
                return NOTHING
        return Followed(meaning.case_events(before, self.case, event, effects), works)

    def answered(self, answer: m.SubmissionReceived | m.SubmissionRefused, talk: Talk) -> Followed:
        """The office says what became of the application: that counts whatever was done to the form meanwhile."""
        event = self.work.delivered(answer)
        if event is None:
            return NOTHING
        followed = NOTHING if self.work.signed_anew else self.step(event, talk)
        told = meaning.answered(event, papers_only=self.work.papers_only)
        return Followed((*followed.events, told), followed.works)

    def recall(self) -> Followed:
        """What has not left the booth is not sent any more, and can be handed in again."""
        self.work.recall()
        return self.step(ops.DeliveryFailed("link"), None)

    def copy(self) -> Followed:
        """Print the citizen's copy."""
        self.owes_copy = False
        self.doing = self.copy_at = texts.RECEIPT_PRINTING if self.work.papers_only else texts.COPYING
        return Followed(works=(self._perform(_COPY, None),))

    async def _perform(self, effect: ops.CaseEffect, talk: Talk) -> Reports:
        failed = False
        async for event in self.work.perform(effect, self.case, talk.visit.call if talk else CallId("")):
            failed = failed or isinstance(event, m.Notice | ops.CopyFailed)
            yield event
        if isinstance(effect, ops.PrintPaper):
            yield Printed(paper=True, doing="" if failed else texts.COPY_LIES)
        if effect == _COPY:
            by_post = texts.RECEIPT_BY_POST if self.work.papers_only else texts.COPY_BY_POST
            yield Printed(copy=not failed, doing=by_post if failed else "")

    def printed(self, done: Printed) -> None:
        """The printer is done; where her copy lies stays on the screen."""
        self.doing = done.doing
        if not done.paper:
            self.copy_at = copy_told(done.doing, done.copy, papers_only=self.work.papers_only) or self.copy_at

    def touched(self, act: AboutTheCase, state: s.State) -> Followed:
        """Take in a touch of the citizen, where it may reach the case (`meaning.may_touch`)."""
        match act:
            case Agreed():
                if isinstance(state, s.Talking):
                    self._sharing = (agree if act.on else withdraw)(self._sharing, state.office)
                    self.present(state)
            case AskedBack():
                self.asking = act.paper or ""
            case ReadToTheEnd():
                self.read = act.digest
            case _:
                self.asking = ""
                return self.step(act, s.talk_of(state)) if meaning.may_touch(act, state) else NOTHING
        return NOTHING

    def operate(self, act: ops.AgentOperation, talk: s.Talking) -> Followed:
        """An agent works on the case, as far as the office may see it; otherwise the desk is shown how it stands."""
        if may_operate(self._sharing, self.case, act, talk.office, self._tenants):
            if self.doing == texts.COPY_LIES:
                self.doing = ""  # the talk goes on; the list of her papers says it still
            return self.step(act, talk)
        self.tell(talk)
        if isinstance(act, ops.DeclarePapers | ops.OpenForm):
            self._send(m.Notice(why := self._in_the_way(talk), texts.notice(why)), talk)
        return NOTHING

    def _in_the_way(self, talk: s.Talking) -> str:
        """Why nothing can be begun by an office that does not see all that is there."""
        form = self.case.form
        if form is None or self._for_desk(talk).form is not None:
            return "papers.hidden"
        return "form.handed_in" if form.stage in FINAL else "form.hidden"

    def give(self, given: m.AppointmentGiven, talk: s.Talking) -> Followed:
        """Give the citizen an appointment: on screen and slip, and as the outcome unless more comes of the visit."""
        self.appointment = texts.appointment_text(given.start, given.office_name)
        self.doing = texts.SLIP_PRINTING
        return Followed((meaning.booked(talk.visit.call),), (self._print_slip(given),))

    async def _print_slip(self, given: m.AppointmentGiven) -> Reports:
        if failed := await self.work.slip(given):
            yield failed
        yield Printed()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def present(self, talk: s.Talking) -> None:
        """To a desk that is new to it: how it stands, and every page."""
        self.tell(talk)
        for paper in self._for_desk(talk).papers:
            for page in paper.pages:
                self._send(self.work.preview(page), talk)

    def tell(self, talk: s.Talking) -> bool:
        """How it stands. False if that is more than a message can hold."""
        form = self.case.form
        spec = form_spec(self._kit.directory.forms, form.id) if form else None
        visible = self._for_desk(talk)
        return self._send(m.CaseState(visible, described(spec, visible.form) if spec and visible.form else {}), talk)

    def preview(self, digest: str, talk: s.Talking) -> None:
        """A page that the desk asks for, if it may see it."""
        if found := self.work.find(self._for_desk(talk), digest):
            self._send(self.work.preview(found), talk)

    def hidden(self, state: s.State) -> int:
        """Number of papers of other offices that the office in the talk could be shown."""
        return self._count(hidden_count, state)

    def shared(self, state: s.State) -> int:
        """Number of papers of other offices that the citizen lets it see."""
        return self._count(shared_count, state)

    def _count(
        self, what: Callable[[Sharing, Case, OfficeId, Mapping[OfficeId, TenantId]], int], state: s.State
    ) -> int:
        return what(self._sharing, self.case, state.office, self._tenants) if isinstance(state, s.Talking) else 0

    def _for_desk(self, talk: s.Talking) -> Case:
        """The case as the office that has the call may see it."""
        return for_office(self._sharing, self.case, talk.office, self._tenants)

    def _send(self, message: m.Message, talk: s.Talking) -> bool:
        return self._kit.uplink.send(message, talk.visit.call)
