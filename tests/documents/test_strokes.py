"""From pen samples to a picture and to bytes that can be sealed."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from emulator.paper.strokes import load, sample
from lisa_core.domain.model.readings import PadInfo, PenSample
from lisa_core.papers.strokes import WIDTHS, canonical_strokes, is_signature, signature_svg, strokes

PAD = PadInfo("STU-430V", 9600, 6000, 1023, 200)
SVG = "{http://www.w3.org/2000/svg}"


def written(name: str) -> list[PenSample]:
    recording = load(name)
    seen = [sample(recording, at_us) for at_us in range(0, recording.duration_us, 5000)]
    return [one for one in seen if one]


@pytest.mark.parametrize(
    ("name", "count", "counts"), [("musterfrau", 4, True), ("kreuz", 6, True), ("punkt", 1, False)]
)
def test_a_dot_is_no_signature(name: str, count: int, counts: bool) -> None:
    assert len(strokes(written(name))) == count
    assert is_signature(written(name)) is counts


def test_neither_hovering_nor_a_trembling_dot_is_a_signature() -> None:
    assert not is_signature([])
    assert not is_signature([replace(seen, down=False, pressure=0) for seen in written("musterfrau")])
    tremble = [PenSample(n * 5000, 4800 + n % 7 * 20, 3000 + n % 5 * 20, 500, near=True, down=True) for n in range(600)]
    assert not is_signature(tremble)


def test_the_picture_has_one_path_per_stroke_and_nothing_else() -> None:
    picture = ET.fromstring(signature_svg(written("musterfrau"), PAD))
    assert picture.attrib == {"viewBox": "0 0 9600 6000", "role": "img", "aria-label": "Unterschrift"}
    paths = picture.findall(f"{SVG}g/{SVG}path")
    assert len(paths) == 4
    assert {int(path.attrib["stroke-width"]) for path in paths} <= set(WIDTHS)
    first = strokes(written("musterfrau"))[0][0]
    assert paths[0].attrib["d"].startswith(f"M{first.x} {first.y}L")
    assert not "".join(picture.itertext())


def test_pressure_makes_the_stroke_wider_and_a_point_is_visible() -> None:
    light, strong = (PenSample(0, 5, 6, pressure, near=True, down=True) for pressure in (1, 1023))
    assert f'stroke-width="{WIDTHS[0]}" d="M5 6L5 6"' in signature_svg([light], PAD)
    assert f'stroke-width="{WIDTHS[2]}"' in signature_svg([strong], PAD)


def test_the_bytes_to_be_sealed_are_stable() -> None:
    once = canonical_strokes(written("kreuz"), PAD)
    assert hashlib.sha256(once).hexdigest() == "d908ae695d5aec67a75dd75bbb85c20ee8a93afd007bd0db328e2b40ed91e51b"
    later = [replace(seen, at_us=seen.at_us + 7_000_000) for seen in written("kreuz")]
    assert canonical_strokes(later, PAD) == once, "when she began does not matter"
    hover = PenSample(0, 1, 1, 0, near=True, down=False)
    assert canonical_strokes([hover, *written("kreuz"), hover], PAD) == once
    moved = [replace(seen, x=seen.x + 1) for seen in written("kreuz")]
    assert canonical_strokes(moved, PAD) != once
    assert json.loads(once)["strokes"][0][0] == [0, 1950, 2410, 103]
