"""What a case asks of devices and offices, done: scans, stills, signatures, handing in, the copy.

`perform` yields what came of it; it runs as a task of the visit and is cancelled when the visit is wiped.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from lisa_core.booth.case.signature import PadReady, collect
from lisa_core.booth.imaging.pictures import BLANK, Copy, Look, PaperCopy, Still
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.screen import texts
from lisa_core.domain.case.canonical import declared_papers, sha256
from lisa_core.domain.case.paper_rules import MAX_PAGES
from lisa_core.domain.case.papers_only import form_spec, service_of
from lisa_core.domain.case.texts import is_all_said
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Page, Receipt
from lisa_core.domain.model.directory import FormSpec
from lisa_core.domain.model.errors import AbsentFault, DeviceFault, LisaError
from lisa_core.domain.model.ids import BlobId, CallId, PaperId
from lisa_core.domain.model.readings import PenSample
from lisa_core.papers.occasion import Occasion
from lisa_core.papers.parts import parts
from lisa_core.papers.seal import build
from lisa_core.papers.strokes import canonical_strokes, signature_svg
from lisa_core.papers.vault import PageVault
from lisa_core.wire import messages as m

PARTS = ("submission.part",)
COPY, RECEIPT = "Kopie", "Eingangsbestätigung"
"""What the printer is told that it prints: of a citizen's paper not even the name."""

Results = AsyncGenerator[ops.CaseEvent | m.Notice | PadReady, None]


@dataclass(slots=True)
class _VisitData:
    """What exists only while a visit lasts."""

    vault: PageVault
    strokes: bytes = b""
    signing: asyncio.Task[object] | None = None
    """Who waits for a signature; when it is not wanted any more, nothing of it counts."""
    handed_in_at: datetime | None = None
    declared: str = ""
    """The digest of what was handed in without a signature, whenever it was tried first."""
    papers_only: bool = False
    """Whether what was handed in last is no application."""
    submission: str = ""
    """What is on its way to the office, and not answered yet."""
    sending: bool = False
    """Whether parts of it are still to be given to the link."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    previews: dict[BlobId, str] = field(default_factory=dict)


class Casework:
    """The hands of the booth. `erase` destroys everything; afterwards the next visit finds it empty."""

    def __init__(self, kit: BoothKit) -> None:
        self._kit = kit
        self._held: _VisitData | None = None
        self._keeping = asyncio.Lock()

    async def perform(self, effect: ops.CaseEffect, case: Case, call: CallId) -> Results:
        """Do it; yields case events, that the pad is ready, or a `Notice`: what the device says in its own words.

        A signature that is stopped ends the task in which it was performed.
        """
        if isinstance(effect, ops.StopSignature):
            await self._stop_signing()
        elif isinstance(effect, ops.DestroyPages):
            self._destroy(effect.pages)
        else:
            async with aclosing(_EFFECTS[type(effect)](self, effect, case, call)) as results:
                async for result in results:
                    yield result

    def preview(self, page: Page) -> m.Preview:
        """A small picture of a page for the desk; made when the page was captured."""
        return m.Preview(page.digest, self._open().previews[page.blob])

    def picture(self, case: Case, digest: str) -> bytes:
        """The same as it is shown to the citizen; empty when the page is gone."""
        page = self.find(case, digest)
        return base64.b64decode(self._open().previews[page.blob]) if page else b""

    def find(self, case: Case, digest: str) -> Page | None:
        """The page with this digest, if the case has it."""
        return next((page for paper in case.papers for page in paper.pages if page.digest == digest), None)

    def delivered(self, answer: m.SubmissionReceived | m.SubmissionRefused) -> ops.Received | ops.DeliveryFailed | None:
        """The exchange's answer to what was handed in, whenever it comes; None if nobody asked for it."""
        held = self._held
        if held is None or not held.submission or answer.submission != held.submission:
            return None
        held.submission = ""
        held.answered.set()
        if isinstance(answer, m.SubmissionRefused):
            return ops.DeliveryFailed(answer.code)
        return ops.Received(Receipt(answer.number, answer.received_at, answer.digest))

    @property
    def signed_anew(self) -> bool:
        """Whether something was signed since the last handing in: the answer to that does not concern this one."""
        return self._held is None or self._held.handed_in_at is None

    @property
    def papers_only(self) -> bool:
        """Whether what was handed in last is papers without an application."""
        return self._held is not None and self._held.papers_only

    @property
    def unsent(self) -> bool:
        """Whether what was handed in has certainly not left the booth as a whole."""
        if self._held is None or not self._held.submission:
            return False
        return self._held.sending or self._kit.uplink.unsent(PARTS)

    def recall(self) -> None:
        """What was handed in is not sent any more."""
        if self._held is not None:
            self._stop_delivery(self._held)

    @property
    def erased(self) -> bool:
        """Whether nothing of any visit is held."""
        return self._held is None

    @property
    def pages_kept(self) -> int:
        """Number of pages in the vault of the present visit."""
        return self._held.vault.kept if self._held is not None else 0

    def erase(self) -> None:
        """Destroy everything of the visit. Raises `LisaError` when something is left."""
        if self._held is None:
            return
        self._stop_delivery(self._held)
        self._kit.workshop.forget()
        proof = self._held.vault.erase()
        if not proof.holds:
            raise LisaError("the vault is not empty after erasing")
        self._held = None

    def _stop_delivery(self, held: _VisitData) -> None:
        """Call back what is still on its way when the citizen is gone: nothing personal waits here for the network."""
        if held.submission:
            self._kit.uplink.withdraw(PARTS)
            self._kit.uplink.send(m.SubmissionWithdrawn(held.submission))
            held.submission = ""
            held.answered.set()

    def _open(self) -> _VisitData:
        if self._held is None:
            self._held = _VisitData(self._kit.new_vault())
        return self._held

    # --- effects ----------------------------------------------------------------------------------------------------

    async def _scan(self, effect: ops.StartScan, case: Case, call: CallId) -> Results:
        workshop = self._kit.workshop
        workshop.prepare()
        room = MAX_PAGES
        before = sum(len(paper.pages) for paper in case.papers if paper.id == effect.paper)
        blank: list[int] = []
        try:
            async with aclosing(self._kit.slots.scanner.scan(effect.settings)) as pages:
                async for page in pages:
                    preview, seen = await workshop.perform(Look(page.data))
                    if seen == BLANK:
                        blank.append(before + 1 + MAX_PAGES - room)
                    yield await self._keep(effect.paper, page.data, page.media_type, preview)
                    room -= 1
                    if room < 0:
                        break  # the case has refused this one; a scanner without end is not waited for
        except AbsentFault:
            yield ops.CaptureFailed(effect.paper, "scanner.absent")
        except LisaError as error:
            for said in _said("scanner", error):
                yield said
            yield ops.CaptureFailed(effect.paper, _code(error))
        else:
            yield ops.CaptureEnded(effect.paper)
            if before:
                yield m.Notice("scan.resumed", "")
        if blank:
            yield m.Notice("scan.blank", texts.page_numbers(blank))

    async def _still(self, effect: ops.TakeStill, case: Case, call: CallId) -> Results:
        self._kit.workshop.prepare()
        try:
            async with aclosing(self._kit.slots.document_camera.frames()) as frames:
                still, preview = await self._kit.workshop.perform(Still(await anext(frames)))
            captured = await self._keep(effect.paper, still, "image/jpeg", preview)
        except LisaError as error:
            for said in _said("document_camera", error):
                yield said
            yield ops.CaptureFailed(effect.paper, _code(error))
            return
        yield captured
        yield ops.CaptureEnded(effect.paper)

    async def _keep(self, paper: PaperId, data: bytes, media_type: str, preview: bytes) -> ops.PageCaptured:
        held = self._open()
        async with self._keeping:  # the vault counts its blobs, and each number is a nonce
            blob, digest = await self._kit.workshop.beside(partial(held.vault.put, data))
        held.previews[blob] = base64.b64encode(preview).decode()
        return ops.PageCaptured(paper, Page(blob, digest, media_type))

    async def _sign(self, effect: ops.StartSignature, case: Case, call: CallId) -> Results:
        pad = self._kit.slots.signature_pad
        lifted_s = self._kit.site.deadlines.pen_lifted_us / 1_000_000
        held, samples = self._open(), list[PenSample]()
        held.signing = asyncio.current_task()
        try:
            info = await pad.info()
            async with aclosing(collect(pad, lifted_s, self._kit.clock, tells=info.says_when_armed)) as coming:
                async for found in coming:
                    if isinstance(found, PadReady):
                        yield found
                    else:
                        samples = found
            await pad.clear()
        except DeviceFault as fault:
            for said in _said("signature_pad", fault):
                yield said
            yield ops.SignatureFailed(fault.code)
            await self._clear_pad()
            return
        beside = self._kit.workshop.beside
        held.strokes = await beside(partial(canonical_strokes, samples, info))
        held.handed_in_at = None
        drawn = await beside(partial(signature_svg, samples, info))
        yield ops.Signed(effect.declaration_digest, sha256(held.strokes), drawn)

    async def _stop_signing(self) -> None:
        """Nobody takes what is written any more, and what was written is gone."""
        held = self._open()
        if held.signing is not None:
            held.signing.cancel()
            await asyncio.gather(held.signing, return_exceptions=True)
        held.strokes = b""
        await self._clear_pad()

    async def _clear_pad(self) -> None:
        """Nothing of what does not count is left to be seen, nor does the pad ink on."""
        with suppress(DeviceFault):  # one that does not answer is missed by its own question, and wiped when it does
            await self._kit.slots.signature_pad.clear()

    def _destroy(self, pages: tuple[Page, ...]) -> None:
        for page in pages:
            self._open().vault.destroy(page.blob)
            self._open().previews.pop(page.blob, None)

    async def _deliver(self, effect: ops.Deliver, case: Case, call: CallId) -> Results:
        held, spec = self._open(), self._spec(case)
        held.papers_only = not spec.signature
        if case.form is not None and held.papers_only and held.declared != case.form.declaration_digest:
            held.declared, held.handed_in_at = case.form.declaration_digest, None
        # A second try hands in the same package with the same time: that of the first try counts.
        held.handed_in_at = held.handed_in_at or self._kit.clock.instant().civil
        try:
            occasion, strokes, key = self._occasion(case), held.strokes, self._kit.seal_key
            submission = await self._kit.workshop.beside(
                lambda: build(case, spec, occasion, vault=held.vault, strokes=strokes, seal_key=key)
            )
            if held.submission != submission.id:
                self._stop_delivery(held)
            held.submission, held.answered, held.sending = submission.id, asyncio.Event(), True
            for part in await self._kit.workshop.beside(partial(parts, submission)):
                if held.submission != submission.id:
                    break  # called back, or refused
                self._kit.uplink.send(part, call)
                await asyncio.sleep(0)
            held.sending = False
            async with self._kit.clock.timeout(self._kit.site.deadlines.receipt_us / 1_000_000):
                await held.answered.wait()
        except TimeoutError:
            yield ops.DeliveryFailed("timeout")
        except LisaError:
            self._stop_delivery(held)
            yield ops.DeliveryFailed("seal")

    async def _copy(self, effect: ops.HandOutCopy, case: Case, call: CallId) -> Results:
        held, spec = self._open(), self._spec(case)
        papers = declared_papers(case) if spec.signature else ()
        try:
            blobs = [page.blob for paper in papers for page in paper.pages]
            pages = await self._kit.workshop.beside(lambda: {blob: held.vault.get(blob) for blob in blobs})
            copy = Copy(case, spec, self._occasion(case), held.strokes, pages)
            pdf, _ = await self._kit.workshop.perform(copy)
            await self._kit.slots.printer.hand_out(pdf, f"Kopie: {spec.title}" if spec.signature else RECEIPT)
        except LisaError as error:
            code = "printer.failed" if spec.signature else "printer.receipt"
            yield m.Notice(code, texts.own_words(error))

    async def _print_paper(self, effect: ops.PrintPaper, case: Case, call: CallId) -> Results:
        """A copy of a paper that no office gets."""
        held = self._open()
        pages = [page.blob for paper in case.papers if paper.id == effect.paper for page in paper.pages]
        try:
            whole = await self._kit.workshop.beside(lambda: tuple(held.vault.get(blob) for blob in pages))
            pdf, _ = await self._kit.workshop.perform(PaperCopy(whole))
            await self._kit.slots.printer.hand_out(pdf, COPY)
        except AbsentFault:
            yield ops.CopyFailed(effect.paper, "printer.absent")
        except DeviceFault as fault:
            for said in _said("printer", fault):
                yield said
            yield ops.CopyFailed(effect.paper, fault.code)
        except LisaError:
            yield ops.CopyFailed(effect.paper, "seal")
        else:
            yield ops.Copied(effect.paper)

    async def slip(self, given: m.AppointmentGiven) -> m.Notice | None:
        """Print the slip of an appointment; what the desk has to know when that fails."""
        from lisa_core.papers.slip import SLIP, render_slip_pdf  # sets type: most visits print nothing

        when = texts.day_text(datetime.fromisoformat(given.start))
        slip = partial(render_slip_pdf, given.token, when, self._kit.site.name, given.office_name)
        try:
            pdf = await self._kit.workshop.beside(slip)
            await self._kit.slots.printer.hand_out(pdf, SLIP)
        except LisaError as error:
            return m.Notice("slip.failed", texts.own_words(error))
        return None

    def _occasion(self, case: Case) -> Occasion:
        chosen = service_of(case)
        service = self._kit.directory.services[chosen] if chosen else None
        office = self._kit.directory.offices[service.office] if service else self._kit.directory.front_desk
        at = self._open().handed_in_at or self._kit.clock.instant().civil
        name = service.name if service else ""
        return Occasion(office.id, office.name, self._kit.site.name, at, chosen, name)

    def _spec(self, case: Case) -> FormSpec:
        spec = form_spec(self._kit.directory.forms, case.form.id) if case.form else None
        if spec is None:
            raise LisaError("no form is open")
        return spec


def _code(error: LisaError) -> str:
    return error.code if isinstance(error, DeviceFault) else "storage"


def _said(slot: str, error: LisaError) -> tuple[m.Notice, ...]:
    """What the desk is told in the device's own words, before the case says what to do; nothing if that says it all."""
    if not (words := texts.own_words(error)) or is_all_said(_code(error)):
        return ()
    return (m.Notice(f"device.said.{slot}", words),)


_EFFECTS: Mapping[type, Callable[..., Results]] = {
    ops.StartScan: Casework._scan,
    ops.TakeStill: Casework._still,
    ops.StartSignature: Casework._sign,
    ops.Deliver: Casework._deliver,
    ops.HandOutCopy: Casework._copy,
    ops.PrintPaper: Casework._print_paper,
}
