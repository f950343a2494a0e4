"""Forms as data: the shipped ones can be filled and printed; a broken file says everything that is wrong at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lisa_core.config.form_files import load_forms
from lisa_core.domain.case.forms import MAX_LENGTH, check_value, described
from lisa_core.domain.case.letters import undrawable_letters
from lisa_core.domain.model.case import Field, Form, FormStage
from lisa_core.domain.model.directory import FieldSpec, FormSpec
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import FormId
from tests.documents.cases import ANSWERS, FORMS, SPEC

RIGHT = [
    ("date", "12.08.1964"),
    ("date", "29.2.2024"),
    ("money", "512,40"),
    ("money", "1.412,00 €"),
    ("money", "500"),
    ("number", "2"),
    ("choice", "ledig"),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("iban", "de89370400440532013000"),
    ("iban", "GB82 WEST 1234 5698 7654 32"),
    ("text", "Świnoujście, ul. Żółkiewskiego 3 – Šárka Dvořák-Ölschläger"),
]
WRONG = [
    ("date", "1964-08-12", "TT.MM.JJJJ"),
    ("date", "29.02.2023", "diesen Tag gibt es nicht"),
    ("date", "01.01.1815", "zwischen 1900"),
    ("date", "1².08.1964", "TT.MM.JJJJ"),
    ("money", "512.40", "mit Komma"),
    ("money", "-3,00", "mit Komma"),
    ("money", "1.41,00", "mit Komma"),
    ("number", "zwei", "ganze Zahl"),
    ("number", "²", "ganze Zahl"),
    ("choice", "Ledig", "ledig, verheiratet"),
    ("iban", "DE88 3704 0044 0532 0130 00", "Prüfziffer"),
    ("iban", "DE89 3704 0044 0532 0130", "hier sind es 20"),
    ("iban", "DE00 0000 0000 0000 0000 00", "Prüfziffer"),
    ("text", "a" * (MAX_LENGTH + 1), "höchstens 200"),
    ("text", "名前", "lateinische Schrift"),
    ("text", "zwei\nZeilen", "nicht drucken"),
]


def spec(kind: str, *, required: bool = True) -> FieldSpec:
    choices = ("ledig", "verheiratet") if kind == "choice" else ()
    return FieldSpec("x", "Angabe", kind, required, choices)


@pytest.mark.parametrize(("kind", "value"), RIGHT)
def test_right_answers(kind: str, value: str) -> None:
    assert check_value(spec(kind), value) == ""


@pytest.mark.parametrize(("kind", "value", "why"), WRONG)
def test_wrong_answers_are_explained(kind: str, value: str, why: str) -> None:
    said = check_value(spec(kind), value)
    assert said.startswith("Angabe: ")
    assert why in said


def test_an_answer_may_be_missing_only_where_it_is_not_required() -> None:
    assert check_value(spec("money"), " ") == "Angabe: die Angabe fehlt."
    assert check_value(spec("money", required=False), "") == ""


def test_every_wrong_digit_of_an_iban_is_found() -> None:
    iban = ANSWERS["iban"].replace(" ", "")
    for place in range(2, len(iban)):
        for digit in set("0123456789") - {iban[place]}:
            assert check_value(spec("iban"), iban[:place] + digit + iban[place + 1 :])


def test_shipped_forms_can_be_answered_and_printed() -> None:
    assert set(FORMS) >= {"wohngeld_mietzuschuss", "wohngeld_lastenzuschuss", "grundsicherung", "elterngeld"}
    assert not [check_value(field, ANSWERS[field.id]) for field in SPEC.fields if check_value(field, ANSWERS[field.id])]
    for form in FORMS.values():
        labels = [text for field in form.fields for text in (field.label, *field.choices)]
        assert not undrawable_letters("".join([form.title, form.declaration, *form.attachments, *labels]))


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "kaputt.toml").write_text("title = \n", encoding="utf-8")
    (tmp_path / "schief.toml").write_text(
        'titel = "Antrag"\norigin = "erfunden"\ndeclaration = ""\nattachments = [3]\n'
        '[[field]]\nid = "name"\nlabel = "Name"\nkind = "txt"\nrequired = "ja"\n'
        '[[field]]\nid = "name"\nlabel = "Stand"\nkind = "choice"\n',
        encoding="utf-8",
    )
    with pytest.raises(ProfileError) as caught:
        load_forms(tmp_path)
    said = str(caught.value)
    for part in (
        "kaputt.toml: nicht lesbar",
        "line 1",
        "schief.toml: titel: unbekannt. Meinten Sie „title“?",
        "title: fehlt",
        "declaration: darf nicht leer sein",
        "attachments: muss eine Liste von Texten sein",
        "field[1].kind: 'txt' unbekannt. Meinten Sie „text“?",
        "field[1].required: muss true oder false sein",
        "field[2].id: 'name' kommt schon vor",
        "field[2].choices: gehört zu kind",
    ):
        assert part in said


def test_a_folder_without_forms_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="kein Formular gefunden"):
        load_forms(tmp_path)


def test_a_desk_reads_beside_the_form_what_is_wrong_with_which_answer() -> None:
    form_spec = FormSpec(
        FormId("f"), "Antrag", "Alles ist richtig.", (FieldSpec("tag", "Tag", "date"), FieldSpec("ort", "Ort"))
    )
    wrong = Form(form_spec.id, FormStage.DRAFT, (Field("tag", "32.13.1949"), Field("ort", "")))
    assert described(form_spec, wrong)["wrong"] == {"tag": "diesen Tag gibt es nicht im Kalender."}
    assert "wrong" not in described(form_spec, replace(wrong, fields=(Field("tag", "3.1.1949"), Field("ort", ""))))
