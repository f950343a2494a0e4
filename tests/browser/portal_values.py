"""What the small portal of the tests answers (`portal_stub`): places, cases and offices that are all invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from lisa_core.domain.model.json_types import JsonDict
from sojus.domain.model.actors import Role
from sojus.domain.placement.terms import PlacementTerms
from sojus.domain.placement.words import act_means
from sojus.domain.rights.table import RIGHTS

TODAY = "2026-12-01"
RAN_OUT = "galt bis 31.10.2026, ein neues Entgelt ist nicht eingetragen"
WAITS = "Was frei wird, wird sofort verbindlich für diesen Fall reserviert."
FASTER = "„Zimmer 1“ ist inzwischen vergeben: jemand war schneller."
NAMES = {"p1": ("Zimmer 1", "g1"), "p2": ("Zimmer 2", "g2"), "p3": ("Zimmer 3", "g3"), "p4": ("Zimmer 4", "g1")}
NAMES |= {"p5": ("Zimmer 5", "g1"), "p6": ("Zimmer 6", "g1"), "p7": ("Zimmer 7", "g3")}
GROUPS = {
    "g1": ("Gruppe Boot", "Haus am See"),
    "g2": ("Gruppe Birke", "Haus Birkenhain"),
    "g3": ("Gruppe Turm", "Turmhof"),
}
POINTS = {"g1": (53.32, 13.86), "g2": (53.12, 13.5), "g3": (54.09, 13.39)}


def me(role: str) -> JsonDict:
    return {
        "name": "e.muster",
        "as": role,
        "role": role,
        "office": "amt-1",
        "office_name": "Jugendamt Musterland" if role == "jugendamt" else "Träger Beispiel gGmbH",
        "tenant": "musterland",
        "tenant_name": "Landkreis Musterland",
        "today": TODAY,
        "memberships": [],
        "demo": False,
        "areas": [{"id": "jugendhilfe", "name": "Jugendhilfe"}],
        "places": sorted(RIGHTS[Role(role)]),
        "means": act_means(PlacementTerms()),
    }


def hit(place: str, cents: int = 19000, **more: object) -> JsonDict:
    name, group = NAMES[place]
    return {
        "place": place,
        "place_name": name,
        "group": group,
        "group_name": GROUPS[group][0],
        "facility": group,
        "facility_name": GROUPS[group][1],
        "provider": f"traeger-{group}",
        "provider_name": f"Träger {group[-1]} gGmbH",
        "tenant": "musterland",
        "price": {
            "cents": cents,
            "unit": "day",
            "sentence": f"je Tag ({RAN_OUT if place == 'p3' else 'Stand 01.12.2026'})",
        },
        "km": 12.34,
        "front": place == "p1",
        "freshness": "stale" if place == "p3" else "fresh",
        "confirmed": "Bestätigt am 30.11.2026 um 08:12 Uhr von: Träger Beispiel gGmbH",
        "free": "Sofort frei, Ende nicht abzusehen." if place != "p2" else "Frei ab 15.12.2026.",
        "confirmed_on": "2026-11-30",
        "alike": [],
        "left": 1,
        "reasons": ["Schwerpunkte: Trauma und Schulverweigerung"],
        "unfulfilled": [] if place == "p1" else ["barrierefrei (hier: keine Angabe)"],
        "point": list(POINTS[group]),
        "traits": [{"name": "Lage", "value": "Lage: Stadt" if place == "p1" else "Lage: auf dem Land"}],
        **more,
    }


def named(*places: str) -> list[JsonDict]:
    """What others are called that are alike to a hit."""
    return [{"place": one, "place_name": NAMES[one][0]} for one in places]


def result(wish: JsonDict) -> JsonDict:
    misses = [{"count": 7, "sentence": "7 Plätze scheiden aus, gesucht: Alter 15"}]
    hits = [hit("p1"), hit("p2", 17550), hit("p3", 21688, alike=named("p7"))] if wish["kind"] == "heim" else []
    return {"id": "s1", "at": 40, "today": TODAY, "total": 10, "hits": hits, "more": 0, "misses": misses}


def place(name: str) -> JsonDict:
    spans = [
        ("2026-12-01", "2026-12-20", "frei"),
        ("2026-12-20", "2027-01-07", "geschlossen"),
        ("2027-01-07", None, "frei"),
    ]
    calendar = [{"from": start, "until": end, "state": state} for start, end, state in spans]
    said = "190,00 € je Tag, gültig ab 01.01.2026"
    rates = [{"from": "2026-01-01", "until": None, "cents": 19000, "unit": "day", "sentence": said}]
    lines = ["Heimerziehung", "Gruppe Boot · Zimmer 1", "Sofort frei, Ende nicht abzusehen."]
    return hit(
        name,
        calendar=calendar,
        rates=rates,
        at=40,
        area="jugendhilfe",
        kind="heim",
        address="Beispielweg 1, Neustrelitz",
        phone="+49 30 23125 001",
        waits=WAITS if name == "p4" else "",
        leaflet={"title": "Haus am See", "lines": lines},
    )


def groups(states: Mapping[str, str]) -> JsonDict:
    rooms = [
        {
            "place": one,
            "name": f"Zimmer {number}",
            "state": state,
            "sentence": f"{state} seit 01.11.2026",
            "left": int(state == "frei"),
        }
        for number, (one, state) in enumerate(states.items(), 1)
    ]
    confirmed = "Zuletzt bestätigt am 20.11.2026, vor 11 Tagen."
    return {
        "groups": [
            {
                "group": "g1",
                "name": "Gruppe Boot",
                "facility": "h1",
                "facility_name": "Haus am See",
                "phone": "",
                "address": "",
                "area": "jugendhilfe",
                "kind": "heim",
                "unit": "bed",
                "confirmed": confirmed,
                "places": rooms,
            }
        ]
    }


TRAITS = [
    {"id": "barrierefrei", "name": "Barrierefreiheit", "shape": "yes_no", "values": [], "range": None},
    {
        "id": "sprachen",
        "name": "Sprachen",
        "shape": "several_of",
        "values": [{"id": "ar", "name": "Arabisch"}, {"id": "uk", "name": "Ukrainisch"}],
        "range": None,
    },
    {
        "id": "lage",
        "name": "Lage",
        "shape": "one_of",
        "values": [{"id": "stadt", "name": "Stadt"}, {"id": "land", "name": "auf dem Land"}],
        "range": None,
    },
    {"id": "gruppengroesse", "name": "Größe der Gruppe", "shape": "number", "values": [], "range": [1, 30]},
]
PLAN, END = {"id": "hilfeplan", "name": "gemäß Hilfeplan"}, {"id": "ende", "name": "Ziele erreicht"}
FIELD = {
    "id": "jugendhilfe",
    "name": "Jugendhilfe",
    "kinds": [
        {
            "id": "heim",
            "name": "Heimerziehung",
            "law": "§ 34 SGB VIII",
            "unit": "bed",
            "rate": "day",
            "discharges": [PLAN],
            "heading": "Über Tag und Nacht",
        },
        {
            "id": "eb",
            "name": "Erziehungsberatung",
            "law": "§ 28 SGB VIII",
            "unit": "contacts",
            "rate": "contact",
            "discharges": [],
        },
        {
            "id": "spfh",
            "name": "Familienhilfe",
            "law": "§ 31 SGB VIII",
            "unit": "weekly_hours",
            "rate": "hour",
            "discharges": [END],
        },
    ],
    "genders": [{"id": "w", "name": "Mädchen und junge Frauen"}, {"id": "m", "name": "Jungen und junge Männer"}],
    "traits": TRAITS,
}
MINE = {
    "reservations": [
        {
            "id": "r/1",
            "sentence": "Reserviert: „Zimmer 1“, vom 01.12.2026 an.",
            "state": "reserviert",
            "place_name": "Zimmer 1",
            "group_name": "Gruppe Boot",
            "from": "2026-12-01",
            "until": None,
            "ends_at": "2026-12-03T10:00:00+01:00",
            "can": ["extend", "cancel"],
        }
    ],
    "waiting": [],
    "requests": [],
    "stays": [
        {"id": "s1", "sentence": "Entlassen am 01.11.2026.", "state": "beendet", "place_name": "Zimmer 9", "can": []}
    ],
}
COUNTED, FEW = ["Plätze", "davon frei", "Menschen dort", "warten", "angefragt"], ["weniger als 3"] * 4
NUMBERS = {
    "today": TODAY,
    "tables": [{"title": "Plätze", "columns": ["Kreis", *COUNTED], "rows": [["Musterland", 1204, *FEW]]}],
}
WISH = {"area": "jugendhilfe", "kind": "heim", "people": [{"age": 15, "gender": "w"}], "traits": [], "preferences": []}
ASKED = f"#{quote(json.dumps(WISH))}"
"""The part of an address that says what is looked for."""

SEEN = {
    "number": 9,
    "at": "2026-12-01T09:00:00+01:00",
    "what": "fall.gesehen",
    "account": "e.muster",
    "case": "k7",
    "purpose": "unterbringung",
}
DELETED = {**SEEN, "number": 10, "what": "fall.geloescht", "case": "dH1lkpCentPWD68BZFPf9w"}
"""Its name is gone, and what its office called it."""
READ: Mapping[str, JsonDict] = {
    "fields/jugendhilfe": FIELD,
    "cases": {
        "cases": [
            {"case": "k7", "label": "Fall 7", "created": "2026-11-30", "reference": "", "number": 7},
            {"case": "k6", "label": "Fall 6", "created": "2026-11-02", "reference": "51-6/26", "number": 6},
        ],
        "more": False,
    },
    "purposes": {"purposes": [{"id": "unterbringung", "name": "Unterbringung", "law": "§ 64 SGB VIII"}]},
    "searches": {
        "searches": [{"id": "s7", "name": "Mädchen, 15", "wish": WISH, "sentence": "Seit gestern.", "new": 2}]
    },
    "numbers": NUMBERS,
    "audit": {"entries": [DELETED, SEEN], "more": False, "cases": [{"case": "k7", "label": "Fall 7", "reference": ""}]},
}
DONE_AT = 41
DONE: Mapping[str, JsonDict] = {
    "reserve": {
        "reservation": "r/2",
        "ends_at": "2026-12-03T10:00:00+01:00",
        "sentence": "Freigehalten bis 03.12.2026, 10:00 Uhr. Der Träger ist gefragt.",
    },
    "wait": {"reservation": "r/3", "sentence": "Auf der Warteliste an 2. Stelle."},
    "groups": {"sentence": "Bestätigt am 01.12.2026 um 09:00 Uhr."},
    "cases": {"case": "k8", "label": "Fall 8", "created": "2026-12-01", "reference": "", "number": 8},
}
MISTAKE = {"row": 7, "column": "Entgelt", "why": "„-12“ ist kein Betrag.", "do": "Einen Betrag wie 190,00 eintragen."}
NEW = {"row": 3, "what": "Platz", "name": "Zimmer 4"}
CHANGED = {"row": 4, "name": "Zimmer 5", "column": "Entgelt", "old": "190,00", "new": "195,00"}
PREVIEWS: Mapping[bool, JsonDict] = {
    False: {"preview": "v1", "rows": 12, "new": [NEW], "changed": [CHANGED], "same": 8, "mistakes": [], "more": 0},
    True: {
        "preview": "",
        "rows": 12,
        "new": [],
        "changed": [],
        "same": 0,
        "mistakes": [MISTAKE],
        "more": 3,
        "cut": True,
    },
}
