#!/bin/sh
# Reading a DSSE envelope with securesystemslib takes the signatures out of it; one whose signatures name no key is never valid.
#
# Expected: `Envelope.from_dict(data)` leaves `data` as it was, so that what was verified can be kept, or read a second time.
# In DSSE (v1.0.2, envelope.md and protocol.md) `keyid` is an optional hint; without it each key is tried.
# Seen: afterwards each of `data["signatures"]` is {}, and reading it once more is KeyError 'sig'. A signature without
# `keyid` is KeyError 'keyid'; with an empty one, as keyless signers write it, it is read but never found valid, and of two
# of them the envelope is not read at all. The same signatures with their `keyid` are valid.
# Matters: who verifies a declaration and then stores the dictionary stores it unsigned. Parse the text again, or keep the
# bytes; and write a `keyid` into each signature that others shall verify with this library.
#
# Version: securesystemslib 1.6.0 with cryptography 50.0.2. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   read: valid; what it was read from has the signatures [{}, {}]; read again: KeyError
#   one signature, keyid named: valid, empty: VerificationError, absent: KeyError
#   two signatures, keyid named: valid, empty: ValueError, absent: KeyError
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'securesystemslib==1.6.0' 'cryptography==50.0.2'

cat >"$room/ask.py" <<'PY'
import json
import sys

from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

signers = [CryptoSigner.generate_ed25519() for _ in range(2)]


def envelope(count):
    made = Envelope(b'{"measured": 3}', "application/vnd.in-toto+json", {})
    for signer in signers[:count]:
        made.sign(signer)
    return made.to_dict()


def outcome(data):
    try:
        read = Envelope.from_dict(data)
        count = len(data["signatures"])
        read.verify([signer.public_key for signer in signers[:count]], count)
    except Exception as error:
        return type(error).__name__
    return "valid"


def hinted(count, how):
    data = envelope(count)
    for signature in data["signatures"]:
        if how == "empty":
            signature["keyid"] = ""
        elif how == "absent":
            del signature["keyid"]
    return outcome(data)


data = envelope(2)
lines = [
    f"read: {outcome(data)}; what it was read from has the signatures {json.dumps(data['signatures'])};"
    f" read again: {outcome(data)}"
]
for count, words in ((1, "one signature"), (2, "two signatures")):
    lines.append(f"{words}, keyid " + ", ".join(f"{how}: {hinted(count, how)}" for how in ("named", "empty", "absent")))
print("\n".join(lines))
if lines != [
    "read: valid; what it was read from has the signatures [{}, {}]; read again: KeyError",
    "one signature, keyid named: valid, empty: VerificationError, absent: KeyError",
    "two signatures, keyid named: valid, empty: ValueError, absent: KeyError",
]:
    sys.exit("Changed: securesystemslib reads DSSE envelopes in another way than told here.")
PY
"$room/venv/bin/python" "$room/ask.py"
