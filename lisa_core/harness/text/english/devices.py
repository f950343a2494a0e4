"""Pages of drivers, and what `lisa new driver` says, in English."""

from __future__ import annotations

PAGES: dict[str, str] = {
    "Ein Treiber": "A driver",
    " Aus dem Paket {package}.": " From the package {package}.",
    "Für: {slots}.": "For: {slots}.",
    "Adresse": "Address",
    "Keine: `{binding}`. Das Bürgerbüro bedient es selbst.": "None: `{binding}`. The booth serves it itself.",
    "`binding` beginnt mit": "`binding` begins with",
    "Zum Beispiel": "For example",
    "Hinter „?“": "Behind “?”",
    "Ein ganzes Profil; alles andere bleibt emuliert:": "A whole profile; everything else stays emulated:",
    "Angaben im Profil": "Options in a profile",
    "Keine.": "None.",
    "Schlüssel": "Key",
    "Wert": "Value",
    "Vorgabe": "Default",
    "Bedeutung": "Meaning",
    " oder ": " or ",
    "ganze Zahl, {least} bis {most}": "whole number, {least} to {most}",
    "Zahl, {least} bis {most}": "number, {least} to {most}",
    "`true` oder `false`": "`true` or `false`",
    "Text": "text",
    "nötig": "needed",
    "Was er kann": "What it can do",
    "Über das hinaus, was jeder kann, und was ein Szenario verlangen darf: {words}.": (
        "Beyond what each of them can, and what a scenario may ask for: {words}."
    ),
    "Emuliertes Gerät": "Emulated device",
    "Keines.": "None.",
    "{calls} ({page}); im Profil `{binding}`.": "{calls} ({page}); in a profile `{binding}`.",
    "Woher": "Origin",
    "Störungen": "Faults",
    "Was sie bedeuten, und was Bürgerin und Mitarbeiterin sehen: {page}.": (
        "What they mean, and what citizen and agent see: {page}."
    ),
    "Steckplatz": "Slot",
    "Wenn nichts kommt": "When nothing comes",
    "Störungen dieses Steckplatzes": "Faults of this slot",
    "Geprüft und ungeprüft": "Verified and unverified",
    "**Kein Mitschnitt eines echten Geräts**: Sein Codec hat nichts gelesen, was ein echtes Gerät gesagt hat.": (
        "**No transcript of a real device**: its codec has read nothing that a real device has said."
    ),
    "Woran sein Codec geprüft ist: {what}.": "What its codec has been tried on: {what}.",
    "Programme anderer, die ihn oder sein emuliertes Gerät getroffen haben: {page}.": (
        "Programs of others that have met it or its emulated device: {page}."
    ),
    "Von keinem echten Gerät und keinem Programm anderer bestätigt:": (
        "Confirmed by no real device and no program of others:"
    ),
    "Für den Steckplatz „{slot}“ legt LISA keinen Treiber an. {instead}": (
        "For the slot “{slot}” LISA writes no driver. {instead}"
    ),
    "Eine Kamera, die der Rechner als /dev/video* führt, braucht keinen eigenen Treiber: {profile}. "
    "Aus einer anderen macht zum Beispiel v4l2loopback eine solche.": (
        "A camera that the computer knows as /dev/video* needs no driver of its own: {profile}. "
        "v4l2loopback, for example, makes one of any other."
    ),
    "Was der Tondienst dieses Rechners führt (pactl list short), braucht keinen eigenen Treiber: {profile}.": (
        "What the sound server of this computer knows (pactl list short) needs no driver of its own: {profile}."
    ),
    "Den Bildschirm bedient das Bürgerbüro selbst, als Seite im Browser: {profile}.": (
        "The booth serves the screen itself, as a page in a browser: {profile}."
    ),
    "Den Steckplatz „{slot}“ gibt es nicht.{nearest}": "There is no slot “{slot}”.{nearest}",
    "{path}: Das gibt es schon. Einen anderen Namen wählen, oder es erst wegräumen.": (
        "{path}: This is there already. Choose another name, or put it away first."
    ),
    "„{name}“ kann kein Paket heißen: höchstens {most} Kleinbuchstaben, Ziffern und einzelne _, zuerst ein Buchstabe. "
    "Zum Beispiel: {example}": (
        "No package can be called “{name}”: at most {most} small letters, digits and single _, a letter first. "
        "For example: {example}"
    ),
    "Den Treiber „{name}“ gibt es schon, aus dem Paket {package}. Einen anderen Namen wählen.": (
        "There is a driver “{name}” already, from the package {package}. Choose another name."
    ),
    "„{name}“ heißt schon ein emuliertes Gerät von LISA. Den Hersteller davorsetzen.": (
        "An emulated device of LISA is called “{name}” already. Put the maker before it."
    ),
    "„{name}“ heißt schon ein Modul dieser Python-Umgebung. Einen anderen Namen wählen.": (
        "A module of this Python environment is called “{name}” already. Choose another name."
    ),
    "Weiter: {commands}": "Next: {commands}",
}
