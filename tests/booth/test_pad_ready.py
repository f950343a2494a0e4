"""Asked to sign when the pad takes it, and not before; what was begun and stopped is in no signature. Virtual time."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import partial

import pytest

from emulator.memory import PICTURE_S
from lisa_core.booth.screen import texts
from lisa_core.config.profile import Profile, load_profile
from lisa_core.desk.client import DeskClient
from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.case.texts import signature_fault
from lisa_core.domain.model.ids import FormId, OfficeId, ServiceId
from lisa_core.equipment.slots.catalogue import FAULTS
from lisa_core.equipment.slots.pad_faults import HANGS, LOSES, PLAIN, RESTARTS, SLEEPS, TEARS
from tests.booth.test_visits import CARE, FRONT, Stage, checked, confirmed, play
from tests.store.killing import passes

FIELDS = ("name", "vorname", "anschrift")
WRITTEN_S, SILENT = 5, "signature-pad.stumm"
CROSSES = 6
"""Strokes of the recording."""
DOT, CROSS = "punkt", "kreuz"


def with_pad(**wishes: object) -> Profile:
    """The emulated booth whose pad has these options."""
    profile = load_profile("emulated")
    bound = replace(profile.slots["signature_pad"], options=wishes)
    return replace(profile, slots={**profile.slots, "signature_pad": bound})


async def filled_in(on: Stage) -> DeskClient:
    """She is in a talk, and has checked everything: the signature is what comes next."""
    front, care = await on.desk(FRONT), await on.desk(CARE)
    await on.rig.opened.actor.enter()
    await on.answer(front)
    front.forward(OfficeId(CARE), ServiceId("pflegeberatung"))
    await on.answer(care)
    care.open_form(FormId("pflegeberatung"))
    await care.until(lambda d: d.form, "der Antrag ist offen")
    for field in FIELDS:
        await answered(on, care, field, "Musterfrau")
    await answered(on, care, "pflegegrad", "keiner")
    await checked(on.rig.opened.actor, on.rig.screen, care)
    return care


async def answered(on: Stage, desk: DeskClient, field: str, value: str) -> None:
    desk.set_field(field, value)
    await on.rig.screen.until(lambda s: s.view.focus == field, "danach wird gefragt")
    await on.rig.opened.actor.touch(f"feld:{field}")
    await desk.until(partial(confirmed, field), f"{field} ist bestätigt")


async def asked(on: Stage, desk: DeskClient) -> float:
    """Seconds until she is asked to sign."""
    begun_s = asyncio.get_running_loop().time()
    desk.ask_signature()
    await on.rig.screen.until(lambda s: s.view.signing, "die Bitte zu unterschreiben", 30)
    return asyncio.get_running_loop().time() - begun_s


@pytest.mark.parametrize("prompt", ["Antrag auf Pflegeberatung", ""])
def test_she_is_asked_once_the_pad_is_ready_and_reads_until_then_that_it_is_not(prompt: str) -> None:
    async def scenario(on: Stage) -> None:
        care = await filled_in(on)
        on.rig.screen.seen.clear()
        waited_s = await asked(on, care)
        hints = list(dict.fromkeys(view.hint for view in on.rig.screen.seen))
        assert hints[-2:] == [texts.PAD_NOT_READY, texts.SIGN_NOW]
        assert (waited_s >= PICTURE_S) == bool(prompt)
        await on.rig.opened.actor.sign(CROSS)
        await on.rig.screen.until(lambda s: s.view.signature_svg, "die Unterschrift", 30)

    play(scenario, profile=with_pad(prompt=prompt))


def test_what_was_begun_before_the_form_changed_is_in_no_signature() -> None:
    """The answer changes and changes back: she signs the same declaration, without the dot of the first try."""

    async def scenario(on: Stage) -> None:
        care, actor = await filled_in(on), on.rig.opened.actor
        await asked(on, care)
        await actor.sign(DOT)
        await passes(WRITTEN_S)
        assert room(on)["pad_ink"]
        await answered(on, care, "vorname", "Erika")
        await answered(on, care, "vorname", "Musterfrau")
        await passes(WRITTEN_S)
        assert not room(on)["pad_ink"]
        await checked(actor, on.rig.screen, care)
        await asked(on, care)
        await actor.sign(CROSS)
        await on.rig.screen.until(lambda s: s.view.signature_svg, "die Unterschrift", 30)
        await passes(WRITTEN_S)
        held, form = on.rig.booth._file.work._held, care.case.form
        assert held is not None
        assert form is not None
        assert sha256(held.strokes) == form.signature_digest, "what is sealed is what was shown"
        assert len(json.loads(held.strokes)["strokes"]) == on.rig.screen.view.signature_svg.count("<path") == CROSSES

    play(scenario)


def room(on: Stage) -> dict[str, object]:
    assert on.rig.opened.room is not None
    return dict(on.rig.opened.room())


@pytest.mark.parametrize("fault", [LOSES, HANGS, RESTARTS, SILENT])
def test_of_a_signature_that_failed_nothing_is_left_to_be_seen(fault: str) -> None:
    """Nor does the pad go on inking: she is asked again when the agent says so, not before."""

    async def scenario(on: Stage) -> None:
        care, disturb = await filled_in(on), on.rig.opened.disturb
        assert disturb is not None
        await asked(on, care)
        await on.rig.opened.actor.sign(CROSS)
        await disturb("fail", fault=fault)
        await care.until(lambda d: d.case.notice == signature_fault(FAULTS[fault].code), "die Störung", 30)
        await passes(WRITTEN_S)
        assert not room(on)["pad_ink"]

    play(scenario)


@pytest.mark.parametrize(("fault", "code"), [(TEARS, "pad.picture"), (PLAIN, "pad.unencrypted"), (SLEEPS, "")])
def test_a_pad_in_memory_fails_as_one_on_a_line(fault: str, code: str) -> None:
    async def scenario(on: Stage) -> None:
        care = await filled_in(on)
        disturb = on.rig.opened.disturb
        assert disturb is not None
        await disturb("fail", fault=fault)
        if fault == TEARS:
            care.ask_signature()
        else:
            await asked(on, care)
            await on.rig.opened.actor.sign(CROSS)
        if code:
            await care.until(lambda d: d.case.notice == signature_fault(code), "die Störung", 30)
            await disturb("heal", fault=fault)
            await passes(WRITTEN_S)
            await asked(on, care)
            await on.rig.opened.actor.sign(CROSS)
        await on.rig.screen.until(lambda s: s.view.signature_svg, "die Unterschrift", 30)

    play(scenario, profile=with_pad(prompt="Antrag", encrypted=True))
