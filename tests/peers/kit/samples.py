"""What becomes of each sample of the Cucumber Compatibility Kit, as a table; its steps in the terms of pytest-bdd."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """\
from pathlib import Path

import pytest
from pytest_bdd import parsers, step

HERE = Path(__file__).parent

"""
SCENE = """\
from contextlib import asynccontextmanager

from lisa_core.harness.report.record import Evidence


class Scene:
    def __init__(self):
        self.evidence, self.measurements = [], []

    def attach(self, data, media_type, name=""):
        self.evidence.append(Evidence(name, media_type, data if isinstance(data, bytes) else data.encode(), ""))

    async def finish(self):
        pass


@asynccontextmanager
async def open_scene(settings):
    yield Scene()
"""
"""What attachments are kept in: the kit's features open no booth."""


@dataclass(frozen=True)
class Sample:
    """`steps` in Python; `without` says what of its messages is not compared, `why_not` why nothing of its run is.

    A sample that is `refused` has steps without a definition, or with several: LISA runs nothing then, and names them.
    """

    steps: str = ""
    without: str = ""
    why_not: str = ""
    refused: bool = False


def does(*sentences: str, body: str = "pass", arguments: str = "") -> str:
    """Steps that do the same; with a placeholder it is a pattern of `parse`."""
    marks = "".join(f"@step({f'parsers.parse({one!r})' if '{' in one else repr(one)})\n" for one in sentences)
    return f"{marks}def _({arguments}):\n    {body}\n\n\n"


_HOOKS = "Hooks sind bei pytest Fixtures: sie stehen nicht einzeln im Strom, ihr Ergebnis zählt"
_RUN_HOOKS = "was vor und nach dem Lauf geschieht, ist bei pytest eine Fixture der Sitzung und steht nicht im Strom"
_NO_PENDING = "ein Schritt kann sich bei pytest-bdd nicht als unfertig melden"
_NO_RETRY = "LISA wiederholt nur, was eine Messung nicht entscheidet, nie, was fehlschlägt"
_ORDERS = does('an order for "{what}"', "an action", "an outcome")
_CUKES = (
    does("there are {n:d} cucumbers", arguments="box, n", body="box['count'] = n")
    + does("there are {n:d} friends", arguments="box, n", body="box['friends'] = n")
    + does("I eat {n:d} cucumbers", arguments="box, n", body="box['count'] -= n")
    + does("I should have {n:d} cucumbers", arguments="box, n", body="assert box['count'] == n")
    + does(
        "each person can eat {n:d} cucumbers",
        arguments="box, n",
        body="assert box['count'] // (1 + box['friends']) == n",
    )
)
BOX = "@pytest.fixture\ndef box():\n    return {}\n\n\n"
_FAILS = "raise RuntimeError('whoops')"
_SKIPS = "pytest.skip('skipping')"
_AMBIGUOUS = does("an ambiguous {what}") + does("{what} ambiguous step")
_PASSES = does("a step passes")
_AROUND = "@pytest.fixture(autouse=True)\ndef around(request{more}):\n    {before}\n    yield\n    {after}\n\n\n"


def around(before: str = "pass", after: str = "pass", more: str = "") -> str:
    return _AROUND.format(before=before, after=after, more=more)


SAMPLES: dict[str, Sample] = {
    "all-statuses": Sample(
        does("a step") + does("a failing step", body=_FAILS) + does("a pending step", "a skipped step") + _AMBIGUOUS,
        refused=True,
    ),
    "ambiguous": Sample(
        "@step(parsers.re('a (.*?) with (.*?)'))\ndef _():\n    pass\n\n\n"
        "@step(parsers.re('a step with (.*?)'))\ndef _():\n    pass\n",
        refused=True,
    ),
    "attachments": Sample(
        does(
            'the string "{text}" is attached as "{kind}"',
            arguments="scene, text, kind",
            body="scene.attach(text, kind)",
        )
        + does('the string "{text}" is logged', arguments="scene, text", body="scene.attach(text, LOG)")
        + does("text with ANSI escapes is logged", arguments="scene", body="scene.attach(RAINBOW, LOG)")
        + does(
            'the following string is attached as "{kind}":',
            arguments="scene, docstring, kind",
            body="scene.attach(docstring, kind)",
        )
        + does(
            'an array with {n:d} bytes is attached as "{kind}"',
            arguments="scene, n, kind",
            body="scene.attach(bytes(range(n)), kind)",
        )
        + does(
            "a PDF document is attached and renamed",
            arguments="scene",
            body="scene.attach((HERE / 'document.pdf').read_bytes(), 'application/pdf', 'renamed.pdf')",
        )
        + does('a link to "{uri}" is attached', arguments="scene, uri", body="scene.attach(uri, 'text/uri-list')")
        + does(
            'the string "{text}" is attached as "{kind}" before a failure',
            arguments="scene, text, kind",
            body="scene.attach(text, kind)\n    " + _FAILS,
        )
        + "LOG = 'text/x.cucumber.log+plain'\n"
        "COLOURS = zip((31, 91, 33, 32, 34, 95, 35), 'rainbow')\n"
        "RAINBOW = 'This displays a ' + ''.join(f'\\x1b[{n}m{c}\\x1b[0m' for n, c in COLOURS)\n",
        without="Belege gehören bei LISA dem Szenario, nicht dem Schritt",
    ),
    "backgrounds": Sample(_ORDERS),
    "cdata": Sample(does("I have {n:d} <![CDATA[cukes]]> in my belly")),
    "data-tables": Sample(
        BOX
        + does(
            "the following table is transposed:",
            arguments="box, datatable",
            body="box['table'] = [list(row) for row in zip(*datatable)]",
        )
        + does("it should be:", arguments="box, datatable", body="assert box['table'] == datatable")
    ),
    "data-tables-doc-strings": Sample(
        does(
            "a step with a data table a doc string",
            arguments="datatable, docstring",
            body="assert (datatable, docstring) == ([['hello']], 'world')",
        )
        + does(
            "a step with a doc string a data table",
            arguments="datatable, docstring",
            body="assert (datatable, docstring) == ([['world']], 'hello')",
        )
    ),
    "data-tables-with-expression": Sample(
        does(
            'a "{what}" with a table',
            arguments="what, datatable",
            body="assert (what, datatable) == ('Cucumber', [['Species', 'Cucumis sativus']])",
        )
    ),
    "doc-strings": Sample(does("a doc string:", arguments="docstring")),
    "doc-strings-with-expression": Sample(
        does('a "{kind}" with a doc string:', arguments="kind, docstring", body="assert docstring")
    ),
    "empty": Sample(without="ein Szenario ohne Schritte ist bei LISA „nicht geprüft“, nicht bestanden"),
    "examples-tables": Sample(BOX + _CUKES),
    "examples-tables-attachment": Sample(
        does(
            "a JPEG image is attached",
            arguments="scene",
            body="scene.attach((HERE / 'cucumber.jpeg').read_bytes(), 'image/jpeg')",
        )
        + does(
            "a PNG image is attached",
            arguments="scene",
            body="scene.attach((HERE / 'cucumber.png').read_bytes(), 'image/png')",
        ),
        without="Belege gehören bei LISA dem Szenario, nicht dem Schritt",
    ),
    "examples-tables-undefined": Sample(BOX + _CUKES, refused=True),
    "examples-tables-undefined-multiple": Sample(BOX + _CUKES, refused=True),
    "failedish-combinations": Sample(
        does("a step", "a skipped step", "a pending step", "a failing step") + _AMBIGUOUS, refused=True
    ),
    "global-hooks": Sample(_PASSES + does("a step fails", body=_FAILS), without=_RUN_HOOKS),
    "global-hooks-afterall-error": Sample(why_not=_RUN_HOOKS),
    "global-hooks-attachments": Sample(why_not=_RUN_HOOKS),
    "global-hooks-beforeall-error": Sample(why_not=_RUN_HOOKS),
    "hooks": Sample(around() + _PASSES + does("a step fails", body=_FAILS), without=_HOOKS),
    "hooks-attachment": Sample(
        around(*["scene.attach((HERE / 'cucumber.svg').read_bytes(), 'image/svg+xml')"] * 2, more=", scene") + _PASSES,
        without=_HOOKS,
    ),
    "hooks-conditional": Sample(
        around(*(f"if request.node.get_closest_marker('fail-{when}'): {_FAILS}" for when in ("before", "after")))
        + _PASSES,
        without=_HOOKS,
    ),
    "hooks-named": Sample(around() + _PASSES, without=_HOOKS),
    "hooks-skipped": Sample(
        around(*(f"if request.node.get_closest_marker('skip-{when}'): {_SKIPS}" for when in ("before", "after")))
        + does("a normal step")
        + does("a step that skips", body=_SKIPS),
        without=_HOOKS,
    ),
    "hooks-undefined": Sample(around(), refused=True),
    "markdown": Sample(why_not="LISA liest nur .feature; Markdown mit Gherkin kennt gherkin-official für Python nicht"),
    "minimal": Sample(does("I have {n:d} cukes in my belly")),
    "multiple-features": Sample(_ORDERS),
    "multiple-features-reversed": Sample(
        why_not="LISA führt Dateien in der Reihenfolge ihrer Namen aus, nie rückwärts"
    ),
    "parameter-types": Sample(
        "def flight(text):\n    return text.split('-')\n\n\nflight.pattern = '[A-Z]{3}-[A-Z]{3}'\n\n\n"
        "@step(parsers.cfparse('{one:flight} has been delayed', {'flight': flight}))\n"
        "def _(one):\n    assert one == ['LHR', 'CDG']\n"
    ),
    "pending": Sample(why_not=_NO_PENDING),
    "pending-exception": Sample(why_not=_NO_PENDING),
    "regular-expression": Sample(
        "@step(parsers.re('a (.*?)(?: and a (.*?))?(?: and a (.*?))?$'))\ndef _():\n    pass\n"
    ),
    "retry": Sample(why_not=_NO_RETRY),
    "retry-ambiguous": Sample(does("an ambiguous step") * 2, refused=True),
    "retry-pending": Sample(why_not=_NO_PENDING),
    "retry-undefined": Sample(refused=True),
    "rules": Sample(
        BOX
        + does("the customer has {n:d} cents", arguments="box, n", body="box['money'] = n")
        + does("there are chocolate bars in stock", arguments="box", body="box['stock'] = True")
        + does("there are no chocolate bars in stock", arguments="box", body="box['stock'] = False")
        + does(
            "the customer tries to buy a {n:d} cent chocolate bar",
            arguments="box, n",
            body="box['sold'] = box['stock'] and box['money'] >= n",
        )
        + does("the sale should not happen", arguments="box", body="assert not box['sold']")
        + does("the sale should happen", arguments="box", body="assert box['sold']")
    ),
    "rules-backgrounds": Sample(_ORDERS),
    "skipped": Sample(does("a step that does not skip", "a step that is skipped") + does("I skip a step", body=_SKIPS)),
    "skipped-exception": Sample(does("I skip a step", body=_SKIPS)),
    "skipped-failing-hook": Sample(around(after=_FAILS) + does("a step that skips", body=_SKIPS), without=_HOOKS),
    "stack-traces": Sample(does("a step throws an exception", body="raise RuntimeError('BOOM')")),
    "test-run-exception": Sample(why_not="ein Fehler des Prüfmittels lässt sich nicht auf Wunsch herbeiführen"),
    "undefined": Sample(does("an implemented step", "a step that will be skipped"), refused=True),
    "undefined-multiple": Sample(does("an implemented step", "a step that will be skipped"), refused=True),
    "unknown-parameter-type": Sample(why_not="pytest-bdd lehnt ein Muster mit unbekannter Art schon beim Laden ab"),
    "unused-steps": Sample(
        does("a step that is used", "a step that is not used"), without="Schritte, die niemand nennt, nennt lisa steps"
    ),
}
