"""What `lisa certify`, `lisa verify` and `lisa countersign` say: lines for people, the same as JSON, the exit code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.certify.bundle import MOST_FAULTS, Bundle
from lisa_core.harness.certify.headline import Conclusion, Headline
from lisa_core.harness.certify.trusted.standing import Standing
from lisa_core.harness.certify.verify import Verified
from lisa_core.harness.text.findings import shown

MOST_REASONS = 12
_CONTROLS = re.compile("[\x7f-\x9f]")
"""JSON lets them stand, and a terminal obeys them."""
BAD_INPUT, UNDECIDED = 4, 2
_CODES = {Headline.CERTIFIABLE: 0, Headline.FAILED: 1, Headline.INCOMPLETE: UNDECIDED, Headline.TRIAL: UNDECIDED}


def code_of_bundle(bundle: Bundle) -> int:
    """What `lisa certify` ends with."""
    return _CODES[bundle.conclusion.headline]


def made_lines(bundle: Bundle, path: Path) -> Iterator[str]:
    """What was made, for whoever made it."""
    yield from _headline(bundle.conclusion)
    yield from bundle.contents.of_known(bundle.contents.run.scenarios)
    yield f"Prüfpaket: {shown(path)} ({_size(len(bundle.data))})"
    yield f"Nachprüfen, auch anderswo und ohne Netz: lisa verify {shown(path)}"


def code_of_check(found: Verified, stands: Standing) -> int:
    """What `lisa verify` ends with: 4 for a bundle that is not whole or not believed, else by its headline.

    For a 0 whose key it is has to be known, and all of it has to be LISA's own: what is not checked is no pass.
    """
    if not found.is_whole or found.conclusion is None or stands.refused:
        return BAD_INPUT
    code = _CODES[found.conclusion.headline]
    return code if code or not (stands.open or found.unofficial) else UNDECIDED


def check_lines(found: Verified, stands: Standing) -> Iterator[str]:
    """What was checked, and what came of it: two answers, never mixed; a line each, whatever names say."""
    return map(in_one_line, _check_lines(found, stands))


def in_one_line(text: str) -> str:
    """Names in a bundle are its maker's: none of them begins a line of ours."""
    return text.replace("\n", "\\n")


def _check_lines(found: Verified, stands: Standing) -> Iterator[str]:
    if found.is_whole:
        count = len(found.predicate["folgt"]["szenarien"])
        yield f"Das Prüfpaket ist ganz, und jedes Urteil folgt aus seinem Strom ({count} Szenarien)."
    else:
        yield "Das Prüfpaket ist NICHT in Ordnung. Es beweist nichts:"
        yield from (f"  – {fault}" for fault in found.faults[:MOST_FAULTS])
        if (rest := len(found.faults) - MOST_FAULTS) > 0:
            yield f"  – und {rest} weitere"
    yield from (f"Es gilt hier NICHT: {why}" for why in stands.refused)
    if found.is_whole and found.conclusion:
        yield from found.leans
        yield from _headline(found.conclusion)
        yield from (f"Nicht amtlich: {why}" for why in found.unofficial)
    yield from (f"Offen: {why}" for why in stands.open)
    yield from stands.told
    yield f"Kennung des Pakets: {found.identity}"
    yield from (f"Hinweis: {note}" for note in found.notes)


def as_json(found: Verified, stands: Standing, changes: Sequence[str] = ()) -> str:
    """All of it for programs; keys and words are German, as in the bundle."""
    conclusion = found.conclusion
    whole: JsonDict = {
        "format": "lisa.nachpruefung/1",
        "ganz": found.is_whole,
        "fehler": list(found.faults),
        "urteil": found.headline or None,
        "gruende": [[one.value, why] for one, why in conclusion.reasons] if conclusion else [],
        "schluessel": found.keyid,
        "kennung": found.identity,
        "gegengezeichnet": stands.is_countersigned,
        "gilt_nicht": list(stands.refused),
        "offen": list(stands.open),
        "gesagt": list(stands.told),
        "amtlich": not found.unofficial,
        "nicht_amtlich": list(found.unofficial),
        "stuetzt_sich_auf": list(found.contents.leaning.bundles) if found.contents else [],
        "nicht_vorgelegt": list(found.unpresented),
        "hinweise": list(found.notes),
        "anders": list(changes),
        "folgt": found.predicate.get("folgt", {}) if found.is_whole else {},
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _headline(conclusion: Conclusion) -> Iterator[str]:
    yield f"Urteil: {conclusion.headline.value}"
    yield from (f"  – {why}" for _, why in conclusion.reasons[:MOST_REASONS])
    if (rest := len(conclusion.reasons) - MOST_REASONS) > 0:
        yield f"  – und {rest} weitere Gründe (im PDF)"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")
