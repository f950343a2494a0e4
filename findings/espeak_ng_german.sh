#!/bin/sh
# espeak-ng reads "um 14:30 Uhr" as "vierzehn Uhr dreißig Uhr", and ends the sentence after "Dr.".
#
# Expected: its German voice knows the abbreviations and the forms of date and time that stand in every letter of an office.
# Seen: the time gets a second "Uhr". "Dr." is spelled out as two letters, and the full stop ends the sentence, so a pause
# parts "Frau D R" from "Vogt kommt"; "Nr. 5" and "am 3. Dezember" fall apart the same way, and the third is read as "drei".
# "1.200 €" and "12,50 €" are read rightly.
# Matters: it is the voice behind Linux screen readers and the browser's local speech in a booth. Write out times, titles
# and ordinals ("14 Uhr 30", "Doktor", "dritter") in the text that is read aloud.
#
# Version: espeakng-loader 0.2.4, which carries espeak-ng 1.52.0 (Debian 12's 1.51 reads the same). Seen on Debian 12
# (x86_64), Python 3.11.7, November 2026; a bar stands where a sentence ends:
#   um 14:30 Uhr             _!_|Um f'Irtse:n _|u:r dr'aIsIC _!'u:r
#   Frau Dr. Vogt kommt      fr'aU d,e:'Er || f'o:kt k'Omt
#   Frau Doktor Vogt kommt   fr'aU d'Okto:r f'o:kt k'Omt
#   am 3. Dezember           _!_|am dr'aI || de:ts'E2mb3
#   1.200 €                  _'aIn t'aUz@nt_! tsv'aIh'Und3t _!'OYRo:
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'espeakng-loader==0.2.4'

cat >"$room/ask.py" <<'PY'
import ctypes, sys

import espeakng_loader

espeak = ctypes.CDLL(espeakng_loader.get_library_path())
espeak.espeak_Info.restype = espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
SYNCHRONOUS, UTF8, NAMES = 2, 1, 0
espeak.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
espeak.espeak_SetVoiceByName(b"de")


def sounds(text):
    """The phonemes of each sentence that espeak-ng finds in the text."""
    letters = ctypes.create_string_buffer(text.encode())
    rest, sentences = ctypes.c_void_p(ctypes.addressof(letters)), []
    while rest.value:
        sentences.append(espeak.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, NAMES).decode())
    return " || ".join(sentences)


told = {
    "um 14:30 Uhr": "_!_|Um f'Irtse:n _|u:r dr'aIsIC _!'u:r",
    "Frau Dr. Vogt kommt": "fr'aU d,e:'Er || f'o:kt k'Omt",
    "Frau Doktor Vogt kommt": "fr'aU d'Okto:r f'o:kt k'Omt",
    "am 3. Dezember": "_!_|am dr'aI || de:ts'E2mb3",
    "1.200 €": "_'aIn t'aUz@nt_! tsv'aIh'Und3t _!'OYRo:",
}
print("espeak-ng", espeak.espeak_Info(None).decode())
seen = {text: sounds(text) for text in told}
for text, phonemes in seen.items():
    print(f"{text:24} {phonemes}")
if changed := [text for text in told if seen[text] != told[text]]:
    sys.exit(f"Changed: espeak-ng now reads these otherwise: {', '.join(changed)}.")
PY
"$room/venv/bin/python" "$room/ask.py"
