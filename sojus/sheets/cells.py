"""One cell read as what its column wants: a text, a day, an amount of money, yes or no, words of a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lisa_core.domain.model.nearest import nearest
from sojus.domain.model.days import german
from sojus.sheets.columns import clean, folded
from sojus.sheets.files.table import CellValue

YES = frozenset(("ja", "j", "x", "wahr", "true", "yes", "1"))
NO = frozenset(("nein", "n", "falsch", "false", "no", "0", "frei"))
NOTHING = frozenset(("-", "–", "—", "keine angabe", "k. a.", "k.a."))
OPEN = frozenset(("offen", "unbefristet", "ohne ende", *NOTHING))
ALL = frozenset(("alle", "alles"))
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:,?\s00?:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_MONEY = re.compile(r"(-?)(\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,](\d{1,2}|-{1,2}))?")
_BETWEEN = re.compile(r"(\d{1,9})\s?(?:-|–|bis)\s?(\d{1,9})")
_PARTS = re.compile(r"[;,/|\n]")
_MOST_CENTS = 100_000_000
_OF_A_CENT = Decimal("0.0001")
AS_TEXT = "Die Zelle als Text formatieren und den Wert neu eintragen."


class Misread(Exception):
    """The cell is none of what its column wants. `why` and `do` are German sentences."""

    def __init__(self, why: str, do: str) -> None:
        super().__init__(why)
        self.why = why
        self.do = do


def text(value: CellValue) -> str:
    """A text in one line; numbers and days as people write them."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return _shown(value)
    if isinstance(value, date):
        return german(value)
    raise Misread(f"Hier steht „{value.shown}“.", value.why)


def name(value: CellValue) -> str:
    """A text that is the name of something: not of one kind only, and with a letter or a digit in it."""
    said = text(value)
    if not any(letter.isalnum() for letter in said):
        raise Misread(f"„{said[:40]}“ ist kein Name.", "Einen Namen eintragen.")
    if len(said) > 200:
        raise Misread("Der Name hat mehr als 200 Zeichen.", "Kürzer fassen.")
    return said


def day(value: CellValue) -> date:
    """A day as Excel keeps it, as "1.12.2026" or as "2026-12-01"."""
    if isinstance(value, date):
        return value
    said = text(value)
    if isinstance(value, float):
        do = "Die Zelle als Datum formatieren, oder den Tag als 01.12.2026 eintragen."
        raise Misread(f"Hier steht die Zahl {said} und kein Tag.", do)
    parts, year_first = _DAY.fullmatch(said), _ISO.fullmatch(said)
    if parts is None and year_first is None:
        raise Misread(f"„{said[:40]}“ ist kein Tag.", "Den Tag als 01.12.2026 eintragen.")
    if parts is not None:
        year, month, number = parts[3] if len(parts[3]) == 4 else f"20{parts[3]}", parts[2], parts[1]
    else:
        assert year_first is not None
        year, month, number = year_first.groups()
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise Misread(f"Den {said[:40]} gibt es nicht.", "Einen Tag eintragen, der im Kalender steht.") from None


def day_or_open(value: CellValue) -> date | None:
    """A day, or None for "offen"."""
    return None if _word(value) in OPEN else day(value)


def day_or_no(value: CellValue) -> date | None:
    """A day, or None for "nein"."""
    return None if _word(value) in NO | NOTHING else day(value)


def cents(value: CellValue) -> int:
    """Money in whole cents: 216.88 as a number, "216,88", "216.88 €", "1.216,88"."""
    if isinstance(value, bool | date):
        raise Misread(f"„{text(value)}“ ist kein Betrag.", AS_TEXT)
    said = text(value)
    if isinstance(value, float):
        exact = Decimal(repr(value)) * 100
        whole = int(exact.to_integral_value())
        if abs(exact - whole) > _OF_A_CENT:
            raise _no_cents(said)
    else:
        whole = _cents_of(said)
    if whole < 0:
        raise Misread(f"{said[:40]} ist negativ.", "Ein Entgelt ist nie kleiner als 0; das Minus entfernen.")
    if whole > _MOST_CENTS:
        raise Misread(f"{said[:40]} € kann niemand meinen.", "Den Betrag in Euro eintragen: 216,88.")
    return whole


def _cents_of(said: str) -> int:
    bare = said.replace("€", "").replace("EUR", "").replace("Euro", "").strip().replace("−", "-")
    found = _MONEY.fullmatch(bare)
    if found is None:
        if re.fullmatch(r"-?\d+[.,]\d{3,}", bare):
            raise _no_cents(said)
        raise Misread(f"„{said[:40]}“ ist kein Betrag.", "Den Betrag in Euro eintragen: 216,88.")
    minus, euros, rest = found.groups()
    if rest is None and re.fullmatch(r"\d{1,3}[.,]\d{3}", euros):
        raise Misread(f"„{said[:40]}“ ist nicht eindeutig.", "Mit zwei Stellen eintragen: 1216,00 oder 1,22.")
    number = int(re.sub(r"\D", "", euros)) * 100 + int((rest or "0").replace("-", "0").ljust(2, "0"))
    return -number if minus else number


def _no_cents(said: str) -> Misread:
    return Misread(f"{said[:40]} € hat mehr als zwei Stellen.", "Auf ganze Cent runden: 216,88.")


def whole(value: CellValue, least: int, most: int) -> int:
    """A whole number within bounds."""
    said = text(value)
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,9}", said):
        do = f"Eine ganze Zahl von {least} bis {most} eintragen."
        raise Misread(f"„{said[:40]}“ ist keine ganze Zahl.", AS_TEXT if isinstance(value, date) else do)
    number = int(said)
    if not least <= number <= most:
        raise Misread(f"{number} geht hier nicht.", f"Möglich sind {least} bis {most}.")
    return number


def degrees(value: CellValue, most: int) -> float:
    """Degrees of a map: 53.8655 as a number, "53,8655", "53.8655°"."""
    said = text(value).rstrip("°NOEnoe ").replace(",", ".")
    if isinstance(value, date | bool) or not re.fullmatch(r"-?\d{1,9}(\.\d{1,20})?", said):
        do = AS_TEXT if isinstance(value, date) else "In Grad mit Nachkommastellen eintragen: 53,8655."
        raise Misread(f"„{text(value)[:40]}“ ist keine Angabe in Grad.", do)
    number = float(said)
    if abs(number) > most:
        raise Misread(f"{text(value)[:40]} Grad gibt es nicht.", f"Möglich sind -{most} bis {most}; fehlt ein Komma?")
    return round(number, 6)


def yes_no(value: CellValue) -> bool:
    """ "ja", "x", WAHR."""
    said = _word(value)
    if said not in YES | NO:
        raise Misread(f"„{text(value)[:40]}“ ist weder ja noch nein.", "ja oder nein eintragen.")
    return said in YES


def between(value: CellValue, limits: tuple[int, int]) -> tuple[int, int]:
    """A whole number, or from one to another: 6, "6-8", "6 bis 8"."""
    if isinstance(value, date):
        raise Misread(f"Excel hat hier einen Tag daraus gemacht: {german(value)}.", AS_TEXT)
    found = _BETWEEN.fullmatch(folded(text(value)))
    if found is None:
        number = whole(value, *limits)
        return number, number
    first, last = int(found[1]), int(found[2])
    if not limits[0] <= first <= last <= limits[1]:
        raise Misread(f"„{text(value)[:40]}“ geht hier nicht.", f"Möglich sind {limits[0]} bis {limits[1]}.")
    return first, last


def one_of(value: CellValue, words: Mapping[str, str]) -> str:
    """The key of one of these words (each key with its word). The key itself, or the beginning of one word, will do."""
    return _key(text(value), words)


def several_of(value: CellValue, words: Mapping[str, str]) -> frozenset[str]:
    """The keys of several words, with a semicolon, a comma, a stroke or a line break between them."""
    said = value if isinstance(value, str) else text(value)
    if folded(said) in ALL:
        return frozenset(words)
    if (found := _exact(folded(said), words)) is not None:
        return frozenset((found,))
    keys = set[str]()
    for part in filter(str.strip, _PARTS.split(said)):
        keys |= _and_more(clean(part), words)
    if not keys:
        raise Misread(f"„{text(value)[:40]}“ ist kein Wert.", f"Bekannt sind: {', '.join(words.values())}.")
    return frozenset(keys)


def _and_more(part: str, words: Mapping[str, str]) -> set[str]:
    """One word, or several with "und" between them; some words have one in themselves."""
    try:
        return {_key(part, words)}
    except Misread:
        if " und " not in part:
            raise
    return {_key(one, words) for one in part.split(" und ")}


def _key(said: str, words: Mapping[str, str]) -> str:
    wanted = folded(said)
    if (found := _exact(wanted, words)) is not None:
        return found
    begun = [key for key, word in words.items() if wanted and folded(word).startswith((f"{wanted} ", f"{wanted},"))]
    if len(begun) != 1:
        raise Misread(f"„{said[:60]}“ ist hier nicht bekannt.", nearest(said[:60], words.values()).strip())
    return begun[0]


def _exact(wanted: str, words: Mapping[str, str]) -> str | None:
    return next((key for key, word in words.items() if wanted in (folded(key), folded(word))), None)


def _word(value: CellValue) -> str:
    return folded(text(value))


def _shown(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number!r}".replace(".", ",")
