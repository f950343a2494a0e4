"""What only shows while it runs: also there nothing that was not checked passes, under `lisa run` and under pytest."""

from __future__ import annotations

import pytest

from tests.gherkin.conftest import GOOD, HEAD, Folder

LIMIT = """\
[[anforderung]]
id = "K.1"
text = "Es klingelt bald."
text_en = "It rings soon."
quelle = "Lastenheft 1"

[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 2
einheit = "s"
unsicherheit = 0.1
"""
# name -> (steps before "Dann", exit code of `lisa run`, words)
TRAPS = {
    "niemand wartet": ("Wenn niemand wartet", 3, "„async def“ und „await“ schreiben"),
    "jemand vergisst": ("Wenn jemand das Warten vergisst", 3, "worauf niemand wartet (await fehlt)"),
    "geantwortet": ("Wenn die Antwort nein ist", 3, "gibt False zurück, was niemand prüft: „assert“ schreiben"),
    "übersprungen": ("Wenn etwas übersprungen wird", 2, "Übersprungen: heute nicht"),
    "versagt": ("Wenn das Prüfmittel versagt", 3, "Das Messgerät antwortet nicht."),
    "abgestürzt": ("Wenn 1 s vergehen", 3, "Die Kabine fiel mitten im Szenario aus: RuntimeError: Kurzschluss"),
    "ungemessen": ("Wenn 3 dazukommt", 2, "fehlt die Messung „anruf.klingelt“"),
    "zu langsam": ("Wenn es nach 2500 ms klingelt", 1, "anruf.klingelt = 2,5 ± 0,1 s, höchstens 2 s"),
    "zu knapp": ("Wenn es nach 1950 ms klingelt", 2, "nicht entscheidbar"),
    "falsche Einheit": ("Wenn es nach 3 dB klingelt", 3, "passt nicht zur Grenze von K.1"),
    "keine Zahl": ("Wenn es nach nan s klingelt", 3, "ist kein Messwert"),
}
TAGS = {"abgestürzt": "  @frei:absturz\n"} | dict.fromkeys(
    ("ungemessen", "zu langsam", "zu knapp", "falsche Einheit", "keine Zahl"), "  @anf:K.1\n"
)


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("traps"))
    (folder.path / "anforderungen").mkdir()
    (folder.path / "anforderungen" / "eigene.toml").write_text(LIMIT, encoding="utf-8")
    for number, (name, (step, _, _)) in enumerate(TRAPS.items()):
        scenario = f"  Szenario: {name}\n    Angenommen die Zahl ist 2\n    {step}\n    Dann ist jemand da\n"
        folder.write(f"f{number}", HEAD.format(name=name) + TAGS.get(name, "") + scenario)
    return folder


@pytest.fixture(scope="module")
def outputs(traps: Folder) -> tuple[str, str]:
    (code, lisa), (status, plain) = traps.run(), traps.pytest()
    assert (code, status) == (1, 1)
    return lisa, plain


@pytest.mark.parametrize("name", TRAPS)
def test_trap_is_red_for_its_own_reason(name: str, outputs: tuple[str, str]) -> None:
    for output in outputs:
        assert TRAPS[name][2] in output


def test_none_of_them_passes(outputs: tuple[str, str]) -> None:
    lisa, plain = outputs
    assert "11 Szenarien: 1 nicht bestanden, 1 nicht entscheidbar, 2 nicht geprüft, 7 Prüffehler" in lisa
    assert "10 Szenarien" not in plain
    assert " passed" not in plain.splitlines()[-1]


@pytest.mark.parametrize("name", ["übersprungen", "zu knapp", "niemand wartet"])
def test_each_alone_is_red(name: str, traps: Folder) -> None:
    file = f"f{list(TRAPS).index(name)}.feature"
    assert traps.run(file)[0] == TRAPS[name][1]
    assert traps.pytest(file)[0] == 1


def test_a_run_in_which_nothing_was_executed_is_no_pass(folder: Folder) -> None:
    folder.write("gut", "  @stufe:hardware @braucht:presence\n" + GOOD.format(name="A", total=5))
    assert folder.run()[0] == 2
    assert folder.pytest()[0] == pytest.ExitCode.NO_TESTS_COLLECTED
    code, output = folder.run(tags="anf:S0.10")
    assert (code, "Kein Szenario hat Tags, auf die „anf:S0.10“ passt." in output) == (4, True)
    assert folder.pytest(".", "-m", "anf:S0.10")[0] == pytest.ExitCode.NO_TESTS_COLLECTED
