"""What checking a bundle costs: `python -m tests.bench bundle`.

`lisa verify` of 200 scenarios, page and paper drawn again, beside the least that anybody has to do with such a file:
sha256sum of it, one signature check by openssl, and the stream read once by the same reader.
"""

from __future__ import annotations

import base64
import json
import shlex
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from lisa_core.harness.certify.bundle import Ingredients, bundle_of
from lisa_core.harness.certify.contents import DECLARATION, PROGRAM, STREAM
from lisa_core.harness.certify.earlier.parts import parts_as_bytes
from lisa_core.harness.certify.earlier.program import program_parts
from lisa_core.harness.certify.house import house
from lisa_core.harness.report import messages
from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.record import RunRecord, ScenarioRecord, SourceText, StepRecord, Verdict
from lisa_core.harness.text.syntax import parse_text
from lisa_core.papers.stored_zip import unpacked
from tests.bench.older import this
from tests.bench.pair import REPEATS, Costs, Row, cost, interleaved_costs, seconds
from tests.certify.made import KEY, SENSOR, files, required, run

COUNT, PER_FILE, LIMIT = 200, 20, 2.0
STEPS = (
    "Wenn die Bürgerin das Bürgerbüro betritt",
    "Und die Bürgerin Platz nimmt",
    "Und Frau Brandt den Anruf annimmt",
    "Dann sieht die Bürgerin Frau Brandt auf dem Bildschirm",
    "Und hört Frau Brandt die Bürgerin",
    "Und leuchtet die Lampe rot",
)
READ = "from pathlib import Path; from lisa_core.harness.report.messages_read import read; read(Path('{}').read_text())"


def rows(repeats: int = REPEATS) -> list[Row]:
    """For `make bench`."""
    pair = measure(repeats).pair(lambda one: one.cpu_s)
    told = (seconds(pair.our_median), "sha256sum, eine Unterschrift, Strom einmal lesen", seconds(pair.their_median))
    return [Row(f"`lisa verify`, Prüfpaket mit {COUNT} Szenarien, Rechenzeit", *told, pair.ratio, LIMIT)]


def measure(repeats: int, count: int = COUNT) -> Costs:
    """Both as whole commands, in turn."""
    with tempfile.TemporaryDirectory() as place:
        folder, build = Path(place), this()
        laid_out(folder, count)
        verify = f"{shlex.quote(build.lisa)} verify b.zip --trust k.pub; test $? = 2"  # features of its own: no 0
        check = "openssl pkeyutl -verify -pubin -inkey k.pub -rawin -in signed.bin -sigfile sig.bin"
        least = f"sha256sum b.zip && {check} && {shlex.quote(build.python)} -c {shlex.quote(READ.format(STREAM))}"
        return interleaved_costs(
            lambda: cost(("/bin/sh", "-c", verify), folder), lambda: cost(("/bin/sh", "-c", least), folder), repeats
        )


def laid_out(folder: Path, count: int) -> None:
    """The bundle, and what of it a stranger's tools take."""
    stream = messages.lines(messages.whole(run_of(count))).encode()
    made = {**files(), STREAM: stream, PROGRAM: parts_as_bytes(program_parts())}
    data = bundle_of(Ingredients(made, house().here), KEY).data
    envelope = json.loads(unpacked(data, 100)[DECLARATION])
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"]
    public = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    parts = {
        "b.zip": data,
        "k.pub": public,
        "signed.bin": f"DSSEv1 {len(kind)} {kind} {len(payload)} ".encode() + payload,
        "sig.bin": base64.b64decode(envelope["signatures"][0]["sig"]),
        STREAM: made[STREAM],
    }
    for name, content in parts.items():
        (folder / name).write_bytes(content)


def run_of(count: int) -> RunRecord:
    """A run at a real sensor with so many scenarios, each of six steps, twenty in a file."""
    told = run()
    sources = tuple(_source(number, min(PER_FILE, count - number)) for number in range(0, count, PER_FILE))
    plans = [plan for source in sources for plan in _plans(source)]
    second = timedelta(seconds=1)
    done = [replace(one, started=told.started + (number + 1) * second) for number, one in enumerate(plans)]
    requirements = matrix(required().values(), done, mentioned_only=False)
    whole = replace(told, scenarios=tuple(done), sources=sources, requirements=requirements)
    return replace(whole, wall_us=1_000_000 * (count + 2))


def _source(first: int, count: int) -> SourceText:
    steps = "".join(f"    {step}\n" for step in STEPS)
    scenarios = "".join(f"\n  @anf:K.2\n  Szenario: Besuch {first + number}\n{steps}" for number in range(count))
    path = Path(f"besuche-{first}.feature")
    return SourceText(path.absolute(), f"# language: de\nFunktionalität: Besuche ab {first}\n{scenarios}")


def _plans(source: SourceText) -> list[ScenarioRecord]:
    found = []
    for pickle in parse_text(source.text, source.path.name).pickles:
        name, line = pickle["name"], pickle["location"]["line"]
        words = (tuple(step.split(" ", 1)) for step in STEPS)
        steps = tuple(StepRecord(word, text, 0, Verdict.PASSED, 100_000) for word, text in words)
        plan = (f"{source.path.name}::{name}", name, "Besuche", source.path, line, frozenset({"anf:K.2"}), steps)
        found.append(ScenarioRecord(*plan, verdict=Verdict.PASSED, duration_us=600_000, equipment=(SENSOR,)))
    return found
