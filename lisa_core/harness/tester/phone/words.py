"""The texts of the page on the phone, in the language of the run."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

from lisa_core.harness.text.language import say, spoken

_PLACE = re.compile(r"\{\{ (\w+) \}\}")


def page_text(path: Path) -> str:
    """The page with its texts; what its script says stands in it as well, as data."""
    words = page_words()
    more = {"language": spoken(), "words": json.dumps(words, ensure_ascii=False)}
    filled = {name: html.escape(text) for name, text in {**words, **more}.items()}
    return _PLACE.sub(lambda found: filled[found[1]], path.read_text(encoding="utf-8"))


def page_words() -> Mapping[str, str]:
    """By the names that page and script use; what stands in braces in them is filled in by the script."""
    return {**_frame(), **_pairing(), **_asking()}


def _frame() -> Mapping[str, str]:
    return {
        "title": say("Prüfung im Bürgerbüro"),
        "connected": say("verbunden"),
        "unpaired": say("nicht verbunden"),
        "lost": say("keine Verbindung"),
        "lost_help": say(
            "Keine Verbindung zum Rechner: Ist das WLAN da, läuft die Prüfung noch? Es wird weiter versucht."
        ),
        "over": say("Die Prüfung ist zu Ende. Diese Seite kann geschlossen werden."),
        "ended": say("beendet"),
        "progress": say("Szenario {number} von {total}", number="{number}", total="{total}"),
        "step": say("Jetzt: {step}", step="{step}"),
        "change": say("Mit einem anderen Telefon weitermachen"),
    }


def _pairing() -> Mapping[str, str]:
    return {
        "code_title": say("Code eingeben"),
        "code_help": say("Acht Buchstaben; sie stehen am Terminal unter der Adresse dieser Seite."),
        "code_label": say("Code"),
        "code_send": say("Verbinden"),
        "falsch": say("Dieser Code ist es nicht. Am Terminal nachsehen."),
        "besetzt": say(
            "Ein anderes Telefon ist verbunden. Dort „Mit einem anderen Telefon weitermachen“ wählen; ist es "
            "weg, steht nach einer halben Minute ein neuer Code am Terminal."
        ),
        "zu_schnell": say("Zu schnell nacheinander. In zwei Sekunden noch einmal."),
        "taken_over": say(
            "Dieses Telefon ist nicht mehr verbunden. Weiter geht es mit dem Code, der am Terminal steht."
        ),
    }


def _asking() -> Mapping[str, str]:
    return {
        "rest": say("Gerade ist nichts zu tun."),
        "handlung": say("Bitte jetzt tun"),
        "frage": say("Bitte nachsehen"),
        "zahl": say("Bitte messen"),
        "ablesung": say("Bitte ablesen"),
        "abgelesen": say("Abschicken"),
        "reading": say("Was dort steht"),
        "reading_bad": say("Hier fehlt, was dort steht."),
        "unreadable": say("Nicht zu lesen"),
        "erledigt": say("Erledigt"),
        "gemessen": say("Abschicken"),
        "ja": say("Ja"),
        "nein": say("Nein"),
        "geht nicht": say("Geht nicht"),
        "left": say("noch {seconds} s", seconds="{seconds}"),
        "number": say("Abgelesene Zahl"),
        "photo": say("Foto mit Maßband im Bild"),
        "photo_sends": say("Das Foto wird übertragen …"),
        "photo_bad": say("Das Foto kam nicht an. JPEG oder PNG, höchstens 20 MB; und auf dem Rechner muss Platz sein."),
        "number_bad": say("Hier fehlt die Zahl, zum Beispiel 91,5."),
        "photo_missing": say("Hier fehlt das Foto."),
        "reason": say("Grund angeben (ohne Namen)"),
        "picture": say("Bild {number}", number="{number}"),
        "elsewhere": say("Die letzte Frage ist am Terminal beantwortet."),
        "late": say("Die letzte Frage hat niemand rechtzeitig beantwortet."),
        "too_late": say("Zu spät: Das war schon beantwortet."),
        "sent": say("Die letzte Antwort ist angekommen."),
    }
