"""The answers in a form: the kinds of fields there are, and saying in German what is wrong with an answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from lisa_core.domain.case.letters import undrawable_letters
from lisa_core.domain.model.case import Form
from lisa_core.domain.model.directory import FieldKind, FieldSpec, FormSpec
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.domain.model.values import to_json

_EURO = r"(\d{1,7}|\d{1,3}(\.\d{3}){1,2})(,\d{2})?( ?€)?"
MAX_LENGTH = 200
"""Maximum number of characters of an answer."""


def why_unusable(value: str) -> str:
    """Why `value` cannot even be kept: too long, or with characters that no paper could show; "" if it can."""
    if len(value) > MAX_LENGTH:
        return f"höchstens {MAX_LENGTH} Zeichen, hier sind es {len(value)}"
    if strange := undrawable_letters(value):
        names = ", ".join(repr(char) for char in strange[:3])
        return f"{names} lässt sich nicht drucken; bitte lateinische Schrift verwenden"
    return ""


def check_value(spec: FieldSpec, value: str) -> str:
    """Say in German what is wrong with an answer; "" if nothing is. Where required, an empty one is wrong."""
    if not value.strip():
        return f"{spec.label}: die Angabe fehlt." if spec.required else ""
    wrong = why_wrong(spec, value)
    return f"{spec.label}: {wrong}." if wrong else ""


def why_wrong(spec: FieldSpec, value: str) -> str:
    """What is wrong with an answer that is there, without its label; "" if nothing is."""
    plain = value.strip()
    return (why_unusable(value) or CHECKS[spec.kind](spec, plain)) if plain else ""


def described(spec: FormSpec, form: Form) -> JsonDict:
    """The form as a desk reads it: its fields and, as `wrong`, what is wrong with which answer."""
    fields = {field.id: field for field in spec.fields}
    wrong = {
        answer.id: f"{why}."
        for answer in form.fields
        if answer.id in fields and (why := why_wrong(fields[answer.id], answer.value))
    }
    plain: JsonDict = to_json(spec)
    return {**plain, "wrong": wrong} if wrong else plain


def as_written(kind: FieldKind, value: str) -> str:
    """A right answer as people write it: "1.020,00 €", "DE02 1203 ..."; what is declared stays as it was typed."""
    if kind is FieldKind.MONEY and (found := re.fullmatch(_EURO, value, re.ASCII)):
        euro = f"{int(found[1].replace('.', '')):,}".replace(",", ".")
        return f"{euro}{found[3] or ',00'} €"
    if kind is FieldKind.IBAN:
        plain = value.replace(" ", "").upper()
        return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
    return value


def _text(spec: FieldSpec, value: str) -> str:
    return ""


def _date(spec: FieldSpec, value: str) -> str:
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", value, re.ASCII)
    if not found:
        return "bitte ein Datum als TT.MM.JJJJ angeben, zum Beispiel 12.08.1964"
    day, month, year = (int(part) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return "diesen Tag gibt es nicht im Kalender"
    return "" if 1900 <= year <= 2100 else "das Jahr muss zwischen 1900 und 2100 liegen"


def _money(spec: FieldSpec, value: str) -> str:
    ok = re.fullmatch(_EURO, value, re.ASCII)
    return "" if ok else "bitte einen Betrag in Euro mit Komma angeben, zum Beispiel 512,40"


def _number(spec: FieldSpec, value: str) -> str:
    return "" if re.fullmatch(r"\d{1,4}", value, re.ASCII) else "bitte eine ganze Zahl angeben, zum Beispiel 2"


def _choice(spec: FieldSpec, value: str) -> str:
    return "" if value in spec.choices else f"bitte eines davon wählen: {', '.join(spec.choices)}"


def _iban(spec: FieldSpec, value: str) -> str:
    """ISO 13616: country, two check digits, account; the whole modulo 97 is 1 (ISO/IEC 7064, MOD 97-10)."""
    plain = value.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain, re.ASCII):
        return "eine IBAN beginnt mit zwei Buchstaben und zwei Ziffern, zum Beispiel DE89 3704 0044 0532 0130 00"
    if plain.startswith("DE") and not re.fullmatch(r"DE\d{20}", plain, re.ASCII):
        return f"eine deutsche IBAN hat nach DE genau 20 Ziffern, zusammen 22 Zeichen; hier sind es {len(plain)}"
    digits = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
    return "" if int(digits) % 97 == 1 else "die Prüfziffer stimmt nicht; bitte Zeichen für Zeichen vergleichen"


CHECKS: Mapping[FieldKind, Callable[[FieldSpec, str], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.DATE: _date,
    FieldKind.MONEY: _money,
    FieldKind.NUMBER: _number,
    FieldKind.CHOICE: _choice,
    FieldKind.IBAN: _iban,
}
