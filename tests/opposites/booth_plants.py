"""Faults of the booth: of its screen, its machine, its media, its papers, its wiping."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from emulator.memory import MemoryPrinter
from emulator.world.actor import EmulatedActor
from lisa_core.booth import device_health, executor
from lisa_core.booth.case import casework
from lisa_core.booth.case.case_file import NOTHING, CaseFile
from lisa_core.booth.case.casework import Casework
from lisa_core.booth.eraser import Eraser
from lisa_core.booth.executor import Booth
from lisa_core.booth.imaging.pictures import Copy
from lisa_core.booth.imaging.workshop import Apart, InPlace, Workshop
from lisa_core.booth.journal import names
from lisa_core.booth.leg import LegRunner
from lisa_core.booth.screen import texts, view
from lisa_core.booth.table_camera import TableCamera
from lisa_core.domain.case import consent
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.domain.model.screen import AgentCard, ScreenScene, ScreenView, Sound
from lisa_core.domain.visit import events as e
from lisa_core.domain.visit import machine, perception
from lisa_core.domain.visit import states as s
from lisa_core.domain.visit.departure import wipe
from lisa_core.equipment.drivers.raw_print import RawPrinter
from lisa_core.equipment.media.memory_call import MemoryBoothLeg, MemoryDeskLeg
from lisa_core.equipment.media.outlet import COVER, Outgoing
from lisa_core.host.clock import now_us
from lisa_core.papers import slip
from tests.opposites.planting import both, ignored, instead, nothing_soon, on_wire, row, value

# --- the screen -------------------------------------------------------------------------------------------------------


async def _no_faces(leg: object) -> AsyncIterator[bytes]:
    await asyncio.Event().wait()
    yield b""


class _NeverDark:
    """A screen that is not told when a face is gone."""

    def __init__(self, screen: Any) -> None:
        self._screen = screen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._screen, name)

    async def show_face(self, jpeg: bytes) -> None:
        if jpeg:
            await self._screen.show_face(jpeg)


def _keeps_faces(right: Any) -> Any:
    def opened(booth: Booth, kit: Any) -> None:
        right(booth, replace(kit, slots=replace(kit.slots, screen=_NeverDark(kit.slots.screen))))

    return opened


def _stands_at_waiting(right: Any) -> Any:
    kept: list[ScreenView] = []

    def view(sight: Any) -> ScreenView:
        shown: ScreenView = kept[0] if kept else right(sight)
        if shown.scene is ScreenScene.WAITING:
            kept[:] = [shown]
        return shown

    return view


def _a_day_late(right: Any) -> Any:
    return lambda at: right(at + timedelta(days=1))


def _appointment_a_day_late(right: Any) -> Any:
    return lambda start, office: right((datetime.fromisoformat(start) + timedelta(days=1)).isoformat(), office)


WRONG_AGENT = value(view, "AgentCard", lambda name, office: AgentCard("Frau Niemand", office))
NO_FACE = both(
    value(MemoryBoothLeg, "faces", _no_faces),
    on_wire("lisa_core.equipment.media.call", "BoothCall", "faces", lambda right: _no_faces),
)
ASKS_TO_REGISTER = value(
    texts, "connecting", lambda front: texts.Words("Guten Tag", "Bitte melden Sie sich mit Ihrem Namen an.")
)
FACE_STAYS = instead(Booth, "__init__", _keeps_faces)
WAITS_ON = row(view.SOUNDS, ScreenScene.TALK, lambda right: Sound.WAITING)
SILENT_WAITING = row(view.SOUNDS, ScreenScene.WAITING, lambda right: Sound.SILENT)
FROZEN_SCREEN = value(Booth, "_show", nothing_soon)
FROZEN_WAITING = instead(executor, "view", _stands_at_waiting)
PAGE_FROZEN = on_wire("lisa_core.booth.screen.page", "PageScreen", "show", lambda right: nothing_soon)
DOOR_ALWAYS_OPEN = value(view, "_notice", lambda sight: texts.DOOR_OPEN)
WRONG_OPENING = instead(texts, "opening_text", _a_day_late)
WRONG_PAGE = value(texts, "TAKE_SEAT", texts.ENTERED)
NO_GOODBYE = value(texts, "GOODBYE", "Guten Tag")
WRONG_APPOINTMENT = instead(texts, "appointment_text", _appointment_a_day_late)
JAM_UNTOLD = value(view, "_notice", lambda sight: "")

# --- the machine, and what it commands --------------------------------------------------------------------------------


def _presses_to_be_called(right: Any) -> Any:
    async def enter(actor: EmulatedActor) -> None:
        await right(actor)
        await actor.press_call_button()

    return enter


def _comes_anew(before: Any, ctx: s.Context) -> Any:
    wiping, commands = wipe(before.visit, Outcome.LEFT, ctx, cancel="citizen")
    assert isinstance(wiping, s.Wiping)
    return replace(wiping, again=True), commands


def _logged_wrongly(right: Any) -> Any:
    def entries(*args: Any) -> Any:
        return [
            one._replace(detail=Outcome.TECHNICAL.value) if one.name == names.VISIT_ENDED else one
            for one in right(*args)
        ]

    return entries


def _logs_names(right: Any) -> Any:
    return lambda *args: [one._replace(detail=f"{one.detail} Frau Brandt") for one in right(*args)]


def _blind(right: Any) -> Any:
    def step(room: perception.Room, reading: Any, *rest: Any) -> Any:
        return (room, ()) if isinstance(reading, PresenceReport) else right(room, reading, *rest)

    return step


def _haunted(right: Any) -> Any:
    """After a second of nobody the radar reports somebody."""
    left = [10]

    def step(room: perception.Room, reading: Any, *rest: Any) -> Any:
        if isinstance(reading, PresenceReport):
            left[0] -= 1
            reading = reading if left[0] > 0 else PresenceReport(140, None, 60, 0)
        return right(room, reading, *rest)

    return step


def _tidied(right: Any) -> Any:
    async def walk_out(actor: EmulatedActor) -> None:
        await actor.take_papers()
        await right(actor)

    return walk_out


def _cut_short(right: Any) -> Any:
    return lambda state, site: state.since_us if isinstance(state, s.Farewell) else right(state, site)


def _later(seconds: float) -> Any:
    return lambda right: lambda *args: asyncio.get_running_loop().call_later(seconds, right, *args)


def _only(wanted: bool) -> Any:
    return lambda right: lambda booth, on: right(booth, on) if on is wanted else None


COMMANDS = executor._COMMANDS
MUST_PRESS = both(
    value(machine, "_triggered", lambda ctx: False), instead(EmulatedActor, "enter", _presses_to_be_called)
)
NEVER_FREE = value(Eraser, "erase", nothing_soon)
FREE_TOO_EARLY = both(
    NEVER_FREE,
    instead(
        view,
        "scene_of",
        lambda right: lambda state, *rest: ScreenScene.FREE if isinstance(state, s.Wiping) else right(state, *rest),
    ),
)
GLASS_STAYS_CLEAR = row(COMMANDS, e.Frost, ignored)
GLASS_STAYS_OPAQUE = row(
    COMMANDS, e.Frost, lambda right: lambda booth, told: right(booth, told) if told.opaque else None
)
LOOP_STAYS_OFF = value(Booth, "_loop", lambda booth, on: None)
LOOP_STAYS_ON = instead(Booth, "_loop", _only(True))
CAMERA_STANDS_FAST = value(TableCamera, "aim", lambda camera, aim: None)
CAMERA_STAYS_NEAR = value(TableCamera, "home", lambda camera: None)
CARD_UNTOLD = value(Booth, "_tell_card", ignored)
WRONG_OUTCOME = row(
    COMMANDS,
    e.Conclude,
    lambda right: lambda booth, told: right(booth, replace(told, outcome=Outcome.TECHNICAL)),
)
WRONG_OUTCOME_LOGGED = instead(executor, "entries_of", _logged_wrongly)
SECOND_VISIT = value(machine, "_return", _comes_anew)
CALLS_LATE = row(COMMANDS, e.Place, _later(3.0))
CALLS_ALWAYS = instead(machine, "_begin", lambda right: partial(right, asked=True))
HAUNTED = instead(perception, "step", _haunted)
NOTHING_LEFT = instead(EmulatedActor, "walk_out", _tidied)
FAREWELL_CUT = both(instead(s, "due_us", _cut_short), instead(machine, "due_us", _cut_short))
GOODBYE_FIRST = value(texts, "connecting", lambda front: texts.Words("Auf Wiedersehen", "Guten Tag"))
BLIND = instead(perception, "step", _blind)
TELLS_NOTHING = row(COMMANDS, e.Tell, ignored)
LOG_NAMES_REFERENCE = instead(
    executor, "entries_of", lambda right: lambda *args: [one._replace(detail="WG-0815/26") for one in right(*args)]
)
LOG_NAMES_AGENT = instead(executor, "entries_of", _logs_names)

# --- what leaves the booth, and what comes in -------------------------------------------------------------------------


async def _film_cover(out: Outgoing) -> None:
    async for _ in out._cameras[0].frames():
        out.citizen.put(COVER)


async def _film_dark(out: Outgoing) -> None:
    async for frame in out._cameras[0].frames():
        out.citizen.put(Frame(frame.width, frame.height, bytes(len(frame.rgb)), frame.at_us))


async def _film_a_little(out: Outgoing) -> None:
    left = 5
    async for frame in out._cameras[0].frames():
        left -= 1
        if left > 0:
            out.citizen.put(frame)


async def _film_rarely(out: Outgoing) -> None:
    count = 0
    async for frame in out._cameras[0].frames():
        if count % 8 == 0:
            out.citizen.put(frame)
        count += 1


async def _film_first_table(out: Outgoing) -> None:
    first: Frame | None = None
    async for frame in out._cameras[1].frames():
        first = first or frame
        out.document.put(first)


async def _hear_nothing(out: Outgoing, hear: Any) -> None:
    async for _ in out._microphone.blocks():
        pass


def _guards_only_sound(runner: LegRunner, on: bool) -> None:
    runner._guarded = on
    if runner._leg is not None:
        runner._leg.mute(on)


def _guards_only_papers(runner: LegRunner, on: bool) -> None:
    runner._guarded = on
    if runner._leg is not None:
        runner._leg.document_shown = not on


def _heard_whatever_is_open(leg: MemoryBoothLeg) -> float:
    return max(0.0, (leg.desk.voice_until_us - now_us()) / 1_000_000) if leg.desk else 0.0


def _lost_when_linked(right: Any) -> Any:
    def link_up(booth: Booth, up: Any) -> None:
        right(booth, up)
        booth._legs.close()

    return link_up


CITIZEN_COVERED = value(Outgoing, "_film_citizen", _film_cover)
CITIZEN_DARK = value(Outgoing, "_film_citizen", _film_dark)
CITIZEN_STANDS_STILL = value(Outgoing, "_film_citizen", _film_a_little)
CITIZEN_JERKS = value(Outgoing, "_film_citizen", _film_rarely)
CAMERA_STAYS_ON = value(Outgoing, "show_citizen", lambda out, shown: None)
TABLE_FROZEN = value(Outgoing, "_film_document", _film_first_table)
MICROPHONE_DEAF = value(Outgoing, "_listen", _hear_nothing)
AGENT_MUTE = both(
    value(MemoryDeskLeg, "speak", lambda leg, seconds: None),
    on_wire("lisa_core.equipment.media.desk_call", "DeskCall", "speak", ignored),
)
LOUDSPEAKER_STILL = value(device_health._WatchedLoudspeaker, "play", nothing_soon)
HEARD_OUTSIDE = both(
    value(MemoryBoothLeg, "heard_for_s", _heard_whatever_is_open),
    on_wire("lisa_core.equipment.media.call", "BoothCall", "_hush", ignored),
)
TABLE_STAYS_SHOWN = value(LegRunner, "guard", _guards_only_sound)
TABLE_SHOWN_TOO_LONG = instead(
    LegRunner, "guard", lambda right: lambda runner, on: _later(4.0 if on else 0)(right)(runner, on)
)
TABLE_STAYS_HIDDEN = instead(LegRunner, "guard", _only(True))
NOT_MUTED = value(LegRunner, "guard", _guards_only_papers)
TALK_LOST = instead(Booth, "_link_up", _lost_when_linked)

# --- papers, form, wiping ---------------------------------------------------------------------------------------------


def _first_page_again(right: Any) -> Any:
    async def keep(work: Any, paper: Any, data: bytes, media_type: str, preview: bytes) -> Any:
        first = vars(work).setdefault("first", (data, preview))
        return await right(work, paper, first[0], media_type, first[1])

    return keep


def _white_pages(right: Any) -> Any:
    async def keep(work: Any, paper: Any, data: bytes, media_type: str, preview: bytes) -> Any:
        width = vars(work)["white"] = vars(work).get("white", 400) + 1
        page = io.BytesIO()
        Image.new("L", (width, 600), 250).save(page, "JPEG")
        return await right(work, paper, page.getvalue(), "image/jpeg", page.getvalue())

    return keep


def _third_page_lost(right: Any) -> Any:
    def step(file: CaseFile, event: Any, talk: Any) -> Any:
        lost = isinstance(event, ops.PageCaptured) and any(len(paper.pages) == 2 for paper in file.case.papers)
        return NOTHING if lost else right(file, event, talk)

    return step


def _without_picture(right: Any) -> Any:
    return lambda work, page: replace(right(work, page), jpeg="")


def _photographs(right: Any) -> Any:
    def open_leg(booth: Booth, command: e.OpenLeg) -> None:
        right(booth, command)
        booth._follow(booth._file.step(ops.CaptureStill("Tisch"), s.talk_of(booth.state)))

    return open_leg


def _for_front_desk(right: Any) -> Any:
    def occasion(work: Casework, case: Any) -> Any:
        front = work._kit.directory.front_desk
        return replace(right(work, case), office=front.id, office_name=front.name)

    return occasion


def _blank_sheet() -> bytes:
    sheet = io.BytesIO()
    canvas = Canvas(sheet)
    canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def _blank_copy(right: Any) -> Any:
    async def perform(workshop: Workshop, work: Any) -> Any:
        return (_blank_sheet(), b"") if isinstance(work, Copy) else await right(workshop, work)

    return perform


async def _no_copy(*_: object) -> AsyncIterator[Any]:
    for nothing in ():
        yield nothing


PAGE_DOUBLED = instead(Casework, "_keep", _first_page_again)
PAGES_BLANK = instead(Casework, "_keep", _white_pages)
PAGE_LOST = instead(CaseFile, "step", _third_page_lost)
NO_PREVIEW = instead(Casework, "preview", _without_picture)
SHARED_WITHOUT_ASKING = value(consent, "visible", lambda *_: True)
PAGES_STAY = value(Casework, "_destroy", lambda work, pages: None)
PHOTOGRAPHS_UNASKED = row(COMMANDS, e.OpenLeg, _photographs)
SENT_TO_WRONG_OFFICE = instead(Casework, "_occasion", _for_front_desk)
NO_COPY = row(casework._EFFECTS, ops.HandOutCopy, lambda right: _no_copy)
COPY_BLANK = both(instead(InPlace, "perform", _blank_copy), instead(Apart, "perform", _blank_copy))
SLIP_BLANK = instead(slip, "render_slip_pdf", lambda right: lambda *_: _blank_sheet())
PRINTS_NOTHING = both(value(MemoryPrinter, "hand_out", nothing_soon), value(RawPrinter, "hand_out", nothing_soon))
NO_SLIP = value(Casework, "slip", nothing_soon)
CASE_STAYS = value(CaseFile, "forget", lambda file: None)
NOT_WIPED = value(Casework, "erase", lambda work: None)
