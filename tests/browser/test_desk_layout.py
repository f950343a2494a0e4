"""The agent's page at the sizes of real desks: what matters stays in sight, and no finger hits what it did not mean."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Dialog, Page, expect

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Field, FormStage, PaperState, Receipt
from lisa_core.domain.model.ids import LegId, PaperId
from lisa_core.domain.model.readings import Aim
from lisa_core.domain.model.values import to_json
from lisa_core.wire import messages as m
from tests.browser.pages import LARGE, PHONE, SMALL, Browsers, findings, left
from tests.browser.stub import LIMIT_S, StubExchange
from tests.browser.test_pages import CASE, FORM, HOUSING, OFFICES, PAPER, at_the_desk, desk_state, take_a_call

pytestmark = pytest.mark.browser

TABLET = {"width": 1280, "height": 800}
SIZES = (LARGE, SMALL, TABLET, PHONE)
OFFERED = m.Offer("Bürgerbüro Musterstadt", 125, "Mietzuschuss", (FORM.title,), "Herr Muster", returned=True)
assert CASE.form is not None
DRAFT = CASE.form
MANY = tuple(replace(PAPER, id=PaperId(f"u-{number}"), title=f"Unterlage {number}") for number in range(9))
LONG = replace(
    FORM, fields=tuple(replace(FORM.fields[0], id=f"feld-{number}", label=f"Angabe {number}") for number in range(16))
)
NOTICES = ("door.open", "scanner.jam", "camera.off", "talk.long")
CLIPPED = """(selectors) => selectors.filter((selector) => [...document.querySelectorAll(selector)].some((node) => {
  if (node.offsetParent === null) return false;
  const box = node.getBoundingClientRect(), around = node.parentElement.getBoundingClientRect();
  return node.scrollWidth > node.clientWidth + 1 || box.left < around.left - 1 || box.right > around.right + 1;
}))"""
IN_SIGHT = """(ids) => ids.filter((id) => {
  const box = document.getElementById(id).getBoundingClientRect();
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !(over && document.getElementById(id).contains(over)) || box.bottom > innerHeight || box.top < 0;
})"""
TAP = """([x, y]) => new MutationObserver((_, watch) => {
  if (document.getElementById("next-step")?.textContent !== "Antrag abgeben") return;
  watch.disconnect();
  const under = document.elementFromPoint(x, y);
  window.tapped = under.id;
  under.click();
}).observe(document.querySelector(".next"), { childList: true })"""
"""Taps there as soon as another button has come: no test is sure to be as quick as a finger."""
SCROLLED = "() => document.querySelectorAll('.column').forEach((column) => (column.scrollTop = column.scrollHeight))"
AT = "2026-11-23T10:41:00+01:00"
WHOLE = [".ring-buttons .btn", ".steps li", ".top .chip", ".top .btn"]
ALWAYS = ["citizen", "hangup", "notices", "enlarge"]
TOPS = "(some) => [...document.querySelectorAll(some)].map((node) => node.getBoundingClientRect().top)"
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


async def _shown(page: Page, size: dict[str, int], name: str, pictures: Path) -> None:
    """Nothing sticks out or is cut off, and no barrier is there; the picture is for people to look at."""
    await page.set_viewport_size({"width": size["width"], "height": size["height"]})
    assert await page.evaluate(WIDER) <= 0, (name, size)
    assert await page.evaluate(CLIPPED, WHOLE) == [], (name, size)
    assert await findings(page, target=44, base=12) == [], (name, size)
    await left(page, pictures / f"{name}-{size['width']}.png")


def test_the_desk_fits_every_screen_and_keeps_the_talk_in_sight(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await exchange.say(desk_state("bereit"))
            await expect(page.get_by_role("heading", name="Sie sind bereit")).to_be_visible()
            for size in SIZES:
                await _shown(page, size, "bereit", tmp_path)
            await exchange.say(OFFERED)
            await exchange.say(desk_state("klingelt"))
            await expect(page.get_by_role("alertdialog")).to_contain_text("Herrn Muster")
            for size in SIZES:
                await _shown(page, size, "klingelt", tmp_path)
            await take_a_call(page, exchange)
            await _turns_the_camera(page, exchange)
            form = replace(DRAFT, id=LONG.id, fields=tuple(Field(field.id) for field in LONG.fields))
            await exchange.say(m.CaseState(replace(CASE, papers=MANY, form=form), to_json(LONG)))
            await page.set_viewport_size({"width": SMALL["width"], "height": SMALL["height"]})
            await expect(page.locator("#papers .paper")).to_have_count(len(MANY))
            before = await page.locator("#hangup").bounding_box()
            for code in NOTICES:
                await exchange.say(m.Notice(code, f"Ein Satz, der dem Menschen am Platz etwas sagt ({code})."))
            await expect(page.locator("#notices .banner")).to_have_count(len(NOTICES))
            assert before == await page.locator("#hangup").bounding_box(), "what is told moves no button of the talk"
            for size in SIZES:
                await _shown(page, size, "gespraech", tmp_path)
                assert len(set(await page.evaluate(TOPS, "#camera-aim [aria-label]"))) == 1, "four directions, one row"
            signing = replace(form, stage=FormStage.SIGNING)
            await exchange.say(m.CaseState(replace(CASE, papers=MANY, form=signing), to_json(LONG)))
            await expect(page.locator(".steps [data-state=now]")).to_have_text("Unterschreiben")
            for size in SIZES:
                await _shown(page, size, "unterschrift", tmp_path)
            for size in (LARGE, SMALL, TABLET):
                await page.set_viewport_size({"width": size["width"], "height": size["height"]})
                for large in (False, True):
                    await page.evaluate(SCROLLED)
                    assert await page.evaluate(IN_SIGHT, ALWAYS) == [], (size, large)
                    await page.locator("#enlarge").click()
                await page.evaluate(SCROLLED)
                handed_in = replace(
                    form, stage=FormStage.SUBMITTED, receipt=Receipt(f"M-{size['width']}", AT, "ab" * 32)
                )
                await exchange.say(m.CaseState(replace(CASE, papers=MANY, form=handed_in), to_json(LONG)))
                await expect(page.locator("#receipt-number")).to_have_text(f"M-{size['width']}")
                await expect(page.locator("#receipt-number")).to_be_in_viewport(ratio=1)

    browsers.run(run())


async def _turns_the_camera(page: Page, exchange: StubExchange) -> None:
    """Only where it can be turned are there buttons for it; what would change nothing cannot be pressed."""
    nearer, right = page.get_by_role("button", name="Näher"), page.get_by_role("button", name="Nach rechts")
    await expect(nearer).to_be_hidden()
    await exchange.say(m.CameraAt(0, 0, 0))
    await expect(right).to_be_disabled()
    await nearer.click()
    assert await exchange.hear(m.AimCamera) == m.AimCamera(Aim.NEARER)
    await exchange.say(m.CameraAt(0, 0, 1000))
    await expect(nearer).to_be_disabled()
    await right.click()
    assert await exchange.hear(m.AimCamera) == m.AimCamera(Aim.RIGHT)


def test_no_paper_is_wider_than_its_column_and_a_question_is_seen(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await page.set_viewport_size({"width": SMALL["width"], "height": SMALL["height"]})
            await take_a_call(page, exchange)
            long = replace(PAPER, title="Verdienstbescheinigung", state=PaperState.ACCEPTED)
            await exchange.say(m.CaseState(replace(CASE, papers=(long, *MANY)), to_json(FORM)))
            await expect(page.locator("#papers .paper")).to_have_count(len(MANY) + 1)
            assert await page.locator("#work-column").evaluate("node => node.scrollWidth - node.clientWidth") <= 0
            await page.evaluate(SCROLLED)
            await exchange.say(m.ConsultState("klingelt", "Wohngeldstelle Musterland"))
            await expect(page.get_by_role("button", name="Rückfrage zurückziehen")).to_be_in_viewport(ratio=1)

    browsers.run(run())


def test_what_is_said_at_the_desk_is_true(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await exchange.say(replace(OFFERED, from_agent=""))
            await exchange.say(m.CutOff("Herr Muster"))
            ring = page.get_by_role("alertdialog")
            await expect(ring).to_contain_text("Das Gespräch mit Herrn Muster ist abgerissen")
            await expect(ring).not_to_contain_text("nicht angenommen")
            await exchange.say(replace(OFFERED, from_agent="", returned=True))
            await exchange.say(m.Unstaffed("Wohngeldstelle Musterland"))
            await expect(ring).to_contain_text("niemand am Platz (Wohngeldstelle Musterland)")
            await expect(ring).not_to_contain_text("nicht angenommen")
            await exchange.say(m.Taken(LegId("leg-1"), "Bürgerbüro Musterstadt"))
            await exchange.say(m.Talked(3907))
            await exchange.say(desk_state("im_gespraech"))
            await expect(page.get_by_role("timer")).to_contain_text("1:05:")
            nobody_free = tuple(replace(office, ready=0) for office in OFFICES)
            await exchange.say(replace(desk_state("im_gespraech"), offices=nobody_free))
            await exchange.say(m.UnstaffedOffices((HOUSING,)))
            offices = ["– wohin? –", "LISA-Team (niemand frei)", "Wohngeldstelle Musterland (niemand am Platz)"]
            await expect(page.locator("#forward-office option")).to_have_text(offices)
            table = page.locator("#document")
            for hides, shows in (("citizen.away", "citizen.back"), ("door.open", "door.closed")):
                await expect(table).to_be_visible()
                await exchange.say(m.Notice(hides, "Die Tür der Kabine steht offen."))
                await expect(table).to_be_hidden()  # without any picture of the booth
                await exchange.say(m.Notice(shows, "Die Tür der Kabine ist wieder zu."))
            await expect(table).to_be_visible()
            banner = page.locator("#notices .banner[data-code='door.closed']")
            await expect(banner).to_have_text("Die Tür der Kabine ist wieder zu.")  # good news: nothing to click away
            await expect(banner).to_have_class("banner banner--calm")
            form = to_json(FORM)
            await exchange.say(m.CaseState(replace(CASE, papers=()), form))
            await expect(page.locator(".next")).to_contain_text("Noch nicht dabei: Mietvertrag")
            copied = (
                replace(PAPER, state=PaperState.COPIED),
                replace(PAPER, id=PaperId("u-2"), state=PaperState.CAPTURING),
            )
            await exchange.say(m.CaseState(replace(CASE, papers=copied), form))
            for told in (".next", "#wanted"):
                await expect(page.locator(told)).to_contain_text("Mietvertrag")
            await exchange.say(m.CaseState(replace(CASE, papers=(replace(PAPER, title="mietvertrag"),)), form))
            for told in (".next", "#wanted"):  # as the booth reads it
                await expect(page.locator(told)).not_to_contain_text("Mietvertrag")
            gone = tuple(replace(office, ready=0) for office in OFFICES)
            await exchange.say(replace(desk_state("im_gespraech"), offices=gone))
            forward = page.get_by_role("button", name="Weiterleiten an Wohngeldstelle Musterland")
            await expect(forward).to_have_class("btn btn--plain")
            faulty = {**form, "wrong": {"name": "diesen Tag gibt es nicht im Kalender."}}
            await exchange.say(m.CaseState(replace(CASE, revision=4), faulty))
            await expect(page.locator("[data-field=name]")).to_contain_text("Diesen Tag gibt es nicht im Kalender.")
            await expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
            assert await findings(page, target=44, base=12) == []
            await exchange.say(m.CaseState(replace(CASE, revision=5), form))
            await expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "false")
            submitted = replace(CASE, form=replace(DRAFT, stage=FormStage.SUBMITTED))
            await exchange.say(m.CaseState(submitted, to_json(FORM)))
            await expect(page.locator(".steps li")).to_have_text(["Ausfüllen", "Prüfen", "Unterschreiben", "Abgegeben"])
            await expect(banner).to_have_count(0)

    browsers.run(run())


def test_no_finger_hits_what_it_did_not_mean(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            await exchange.say(m.CaseState(CASE, to_json(FORM)))
            await exchange.hear(m.AskPreview)
            discard = page.get_by_role("button", name="Verwerfen: Mietvertrag")
            await discard.click()
            await page.get_by_role("dialog").get_by_role("button", name="Abbrechen").click()
            await discard.click()
            await page.get_by_role("dialog").get_by_role("button", name="Verwerfen").click()
            assert await exchange.hear(ops.DiscardPaper) == ops.DiscardPaper(PAPER.id)
            await _twice_at_one_place(page, exchange)
            await page.set_viewport_size({"width": SMALL["width"], "height": SMALL["height"]})
            places = {await _place(page, stage, exchange) for stage in (FormStage.DRAFT, FormStage.CHECKING)}
            assert len(places) == 1, "„Entwurf verwerfen“ steht nicht immer am selben Platz."
            asked: asyncio.Future[Dialog] = asyncio.get_running_loop().create_future()
            page.on("dialog", lambda dialog: asked.set_result(dialog))
            await page.close(run_before_unload=True)
            leaving = await asyncio.wait_for(asked, LIMIT_S)
            assert leaving.type == "beforeunload"
            await leaving.dismiss()

    browsers.run(run())


async def _place(page: Page, stage: FormStage, exchange: StubExchange) -> tuple[int, int]:
    answered = (Field("name", "Beispiel", True), Field("stand", "ledig", True))
    await exchange.say(m.CaseState(replace(CASE, form=replace(DRAFT, stage=stage, fields=answered)), to_json(FORM)))
    await expect(page.locator(".next")).to_have_attribute("data-stage", stage.value)
    box = await page.locator("#discard-form").bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"])


async def _twice_at_one_place(page: Page, exchange: StubExchange) -> None:
    """A second tap on the same place, where another button has come meanwhile, does nothing yet."""
    signed = replace(CASE, form=replace(DRAFT, stage=FormStage.SIGNED))
    checked = replace(CASE, form=replace(DRAFT, stage=FormStage.CHECKED))
    await exchange.say(m.CaseState(checked, to_json(FORM)))
    button = page.get_by_role("button", name="Unterschreiben lassen")
    await button.click()
    await exchange.hear(ops.AskSignature)
    box = await button.bounding_box()
    assert box is not None
    await page.evaluate(TAP, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    await exchange.say(m.CaseState(signed, to_json(FORM)))
    await expect(page.get_by_role("button", name="Antrag abgeben")).to_be_visible()
    assert await page.evaluate("window.tapped") == "next-step"
    await page.get_by_label("Bezeichnung").fill("Rentenbescheid")
    await page.keyboard.press("Enter")
    assert (await exchange.hear(ops.ScanPapers)).title == "Rentenbescheid"  # and no application handed in before it
