"""What is said of a profile's own limits."""

from __future__ import annotations

PROFILE = {
    "Profil {name}": "profile {name}",
    "Zur Messung „{name}“ setzt keine Anforderung eine Grenze.": "No requirement sets a limit for “{name}”.",
    "Bekannt: {names}.": "Known: {names}.",
    "{requirement} verlangt {limit}.": "{requirement} asks for {limit}.",
    "„{here}“ passt nicht zu {name}: hier gilt „{there}“.": ("“{here}” does not go with {name}: here it is “{there}”."),
    "Die Einheit „{unit}“ passt nicht zu {name}.": "The unit “{unit}” does not go with {name}.",
    "Die Grenze {value} für {name} ist zu locker:": "The limit {value} for {name} is too lax:",
    "Ein Profil darf Grenzen nur verschärfen. Die Zahl ändern oder die Tabelle löschen.": (
        "A profile may only tighten limits. Change the number or delete the table."
    ),
}
