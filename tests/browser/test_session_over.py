"""What is left on a desk's page when the session behind it is over: nothing of the talk (OWASP ASVS 5.0, 14.3.1)."""

from __future__ import annotations

from dataclasses import replace

from playwright.async_api import expect

from lisa_core.domain.model.case import Field, Form, FormStage
from lisa_core.domain.model.values import to_json
from lisa_core.wire import messages as m
from tests.browser.pages import Browsers
from tests.browser.test_pages import CASE, FORM, at_the_desk, take_a_call

ALL_THERE_IS = """[document.documentElement.outerHTML, document.cookie,
  JSON.stringify({ ...sessionStorage, ...localStorage }),
  ...[...document.querySelectorAll("input, select, textarea")].map((field) => field.value)].join("\\n")"""


def test_when_her_session_is_over_nothing_of_the_talk_is_left_on_the_page(browsers: Browsers) -> None:
    async def run() -> None:
        async with at_the_desk(browsers) as (_, page, exchange):
            await take_a_call(page, exchange)
            form = Form(FORM.id, FormStage.DRAFT, (Field("name", "Geheimhuber"), Field("stand")))
            await exchange.say(m.CaseState(replace(CASE, form=form), to_json(FORM)))
            await page.get_by_label("Familienstand").select_option("verwitwet")
            secret = ("Geheimhuber", "Familienstand", "verwitwet", "Mietvertrag")
            seen = str(await page.evaluate(ALL_THERE_IS))
            assert not [one for one in secret if one not in seen], "before, it is all there"
            await exchange.say(m.Refused("session", "Eine Stunde lang hat hier niemand etwas getan."))
            await expect(page.locator("#idle h1")).to_have_text("Sie sind abgemeldet")
            await expect(page.locator("img[src]")).to_have_count(0)
            assert await page.evaluate("[...document.querySelectorAll('video')].every((one) => !one.srcObject)")
            left = str(await page.evaluate(ALL_THERE_IS))
            assert not [one for one in secret if one in left]

    browsers.run(run())
