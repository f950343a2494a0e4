"""Where a paper or form was taken, as it comes and goes; who then sees it is tested with whole visits (tests/booth)."""

from __future__ import annotations

from dataclasses import replace

from lisa_core.domain.case.consent import FORM, Sharing, for_office, note
from lisa_core.domain.model.case import Case, Form, FormStage
from lisa_core.domain.model.ids import FormId, OfficeId, TenantId

HOUSING, AOK = OfficeId("wohngeldstelle"), OfficeId("aok-nordost")
TENANTS = {HOUSING: TenantId("landkreis"), AOK: TenantId("aok-nordost")}
OPEN = Case(form=Form(FormId("wohngeld_mietzuschuss"), FormStage.DRAFT, ()))


def test_a_form_that_was_thrown_away_does_not_decide_where_the_next_was_begun() -> None:
    first = note(Sharing(), OPEN, HOUSING)
    assert first.taken_at == {FORM: HOUSING}
    emptied = note(first, replace(OPEN, form=None), HOUSING)
    second = note(emptied, OPEN, AOK)
    assert for_office(second, OPEN, AOK, TENANTS).form is OPEN.form
    assert for_office(second, OPEN, HOUSING, TENANTS).form is None


def test_what_goes_on_elsewhere_stays_where_it_was_taken() -> None:
    first = note(Sharing(), OPEN, HOUSING)
    assert note(first, replace(OPEN, revision=7), AOK) is first
