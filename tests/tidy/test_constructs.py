"""What is not to be found in the product: ways to write that have let attackers in elsewhere (OWASP ASVS 5.0).

ruff looks for more of them (`eval`, `exec`, pickle, shells): `[tool.ruff.lint]` in pyproject.toml. Each exception
stands here, by its file and with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.tidy.sources import ROOT, files, imports, nodes, place, product_files, room

SINKS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|setHTMLUnsafe|createContextualFragment)\b"
    r"|\bdocument\.write|\beval\(|\bnew Function\b|\bset(?:Timeout|Interval)\(\s*[\"'`]|javascript:"
    r"|__proto__|\.prototype\s*[.\[=]|[\w)\]]\[[a-z]\w*\]\s*=[^=>]"
)
"""Ways to make HTML or a program of a text, or to write into whatever key comes."""
KEPT = re.compile(r"\b(?:localStorage|indexedDB|document\.cookie|caches\.)|sessionStorage\.setItem\(([^,]+),")
KEYS = {
    ("link.js", "name"),  # the secret of this tab, 128 bits
    ("desk.js", "OWED"),  # numbers of applications whose copy goes by post
    ("server.js", "KEYS"),  # of SoJuS: random keys of wishes without an answer, by a digest of them
    ("zugang.js", "WHY"),  # that somebody has just logged out
    ("phone.js", "KEY"),  # the tester's phone: not the product's
}
SCRIPTED = (("lisa_core",), ("emulator",), ("sojus",))
PASSWORD = re.compile(r"<input[^>]*autocomplete=\"(?:current|new)-password\"[^>]*>")
WEAK = re.compile(r"\b(?:md5|sha1|SHA1|MD5|ECB|CBC|PKCS1v15|TripleDES|Blowfish|ARC4|RC4)\b")
WEAK_BY = {
    "access/second.py": {"sha1"},  # RFC 6238, as every app knows it
    "exchange/ways.py": {"sha1"},  # TURN REST, as coturn knows it
    "equipment/drivers/stu/cipher.py": {"SHA1", "ECB", "CBC", "PKCS1v15"},  # the pad's own
}
RANDOM = {"config/profile.py", "booth/fault_plan.py"}
"""Seeded faults: nothing that anybody may not guess."""
PUT_TOGETHER = {
    "store/list_table.py": "columns of our own, added to a table of an older version",
    "store/postgres/copying.py": "columns of our own",
}
OWN_PATTERNS = {
    "cli/german/usage.py": "rows of a table beside it",
    "equipment/codecs/raster/lines.py": "a number of bytes",
    "equipment/slots/plans/fault_plan.py": "units of our own",
    "equipment/traces/dialects.py": "given by the dialects beside it",
    "store/postgres/errors.py": "rows of a table beside it",
}
OWN_FORMATS = {
    "access/booths/kept.py": "a sentence of the texts beside it",
    "access/web/openid_pages.py": "an entry of texts.OPENID_FAILED",
    "booth/screen/site_card.py": "a sentence of the texts beside it",
    "store/postgres/whole.py": "a statement: psycopg's own",
    "web/tls.py": "one of two sentences of the texts beside it",
}


def test_pages_write_text_only() -> None:
    assert len(scripts()) > 20
    assert not [f"{place(path, line)}: {text}" for path in scripts() for line, text in hits(path, SINKS)]
    assert SINKS.search("box.innerHTML = x"), "and it would be found"
    assert SINKS.search("known[key] = value")


def test_pages_hear_no_other_window() -> None:
    heard = re.compile(r"addEventListener\(\s*[\"']message[\"']|\bwindow\.onmessage|\bself\.onmessage|\.opener\b")
    found = {path.name: path.read_text(encoding="utf-8") for path in scripts() if any(hits(path, heard))}
    assert found.keys() == {"portal_card.js", "to_desk.js"}, "a desk and the portal of its office, and nobody else"
    assert all("from !== origin" in text for text in found.values()), "whoever speaks is heard"


def test_pages_keep_no_content() -> None:
    found = {(path.name, match[1]) for path in scripts() for match in KEPT.finditer(path.read_text(encoding="utf-8"))}
    assert found <= KEYS, found - KEYS
    assert ("link.js", "name") in found


def test_fields_for_passwords_hide_them_and_let_managers_in() -> None:
    fields = [
        one for path in pages() if room(path)[:1] == ("lisa_core",) for one in PASSWORD.findall(path.read_text("utf-8"))
    ]
    assert len(fields) >= 4
    assert not [one for one in fields if 'type="password"' not in one or "onpaste" in one or "readonly" in one]
    assert not [
        place(path, line) for path in scripts() for line, _ in hits(path, re.compile(r"[\"']paste[\"']|onpaste"))
    ]


def test_no_weak_hash_or_cipher() -> None:
    """AES-GCM, SHA-256, Ed25519; what else there is stands in WEAK_BY, and what others want of us in docs/asvs."""
    used = {inside(path): names(path) for path in product()}
    found = {name: weak for name, all_ in used.items() if (weak := {one for one in all_ if WEAK.fullmatch(one)})}
    assert found == WEAK_BY
    ciphers = {name for name, all_ in used.items() if "AESGCM" in all_ or "Cipher" in all_}
    assert ciphers == {"papers/vault.py", "equipment/drivers/stu/cipher.py"}


def test_what_must_not_be_guessed_comes_from_the_system() -> None:
    """`secrets` draws it; `random` does not, and stands nowhere near."""
    known = {inside(path) for path in product() for _, name in imports(path) if name.split(".")[0] == "random"}
    assert known == RANDOM
    drawn = {inside(path) for path in product() for _, name in imports(path) if name.split(".")[0] == "secrets"}
    doors = {"access/entrance.py", "access/second_step.py", "access/credentials.py", "access/openid/ticket.py"}
    assert drawn > doors | {"access/codes.py", "exchange/peers/booth_keys.py"}


def test_statements_are_not_put_together() -> None:
    """What is said to a database is one text of ours; what comes from others is a parameter, or an identifier quoted
    by psycopg."""
    found = {inside(path) for path in product() for call in calls(path, "execute", "executemany") if is_made(call)}
    assert found == set(PUT_TOGETHER)


def test_patterns_are_ours() -> None:
    """No pattern is made of what somebody typed."""
    asked = ("compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer")
    found = {
        inside(path)
        for path in product()
        for call in calls(path, *asked)
        if ast.unparse(call.func).startswith("re.") and not is_constant(call.args[0])
    }
    assert found == set(OWN_PATTERNS)


def test_formats_are_ours() -> None:
    """`text.format(...)` is for constants: a text of others could ask for what it likes."""
    found = {
        inside(path)
        for path in product()
        for call in calls(path, "format", "format_map")
        if isinstance(call.func, ast.Attribute) and not is_constant(call.func.value)
    }
    assert found == set(OWN_FORMATS)


# --- what is looked at ------------------------------------------------------------------------------------------------


def scripts() -> list[Path]:
    return [path for path in files() if path.suffix == ".js" and room(path)[:1] in SCRIPTED]


def pages() -> list[Path]:
    return [path for path in files() if path.suffix == ".html"]


def product() -> list[Path]:
    """The rooms that run in a booth and in an office."""
    return [path for path in product_files() if room(path)[:1] == ("lisa_core",) and room(path)[1:2] != ("harness",)]


def inside(path: Path) -> str:
    return path.relative_to(ROOT / "lisa_core").as_posix()


def hits(path: Path, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.lstrip().startswith(("//", "*", "/*")) and (match := pattern.search(text)):
            yield line, match.group()


def names(path: Path) -> set[str]:
    given = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    return given | {node.id for node in nodes(path) if isinstance(node, ast.Name)}


def calls(path: Path, *wanted: str) -> Iterator[ast.Call]:
    for node in nodes(path):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in wanted
            and node.args
        ):
            yield node


def is_made(call: ast.Call) -> bool:
    """Whether what is said is put together here of more than constants."""
    said = call.args[0]
    if isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute) and said.func.attr == "encode":
        said = said.func.value
    if isinstance(said, ast.Call):
        return "sql." not in ast.unparse(said)
    return isinstance(said, ast.JoinedStr | ast.BinOp) and not is_constant(said)


def is_constant(node: ast.AST) -> bool:
    """A text, a name in capitals, an entry of a table that is called so; or made of nothing else."""
    match node:
        case ast.Constant():
            return True
        case ast.Name():
            return node.id.isupper()
        case ast.Attribute():
            return node.attr.isupper()
        case ast.Subscript() | ast.FormattedValue():
            return is_constant(node.value)
        case ast.JoinedStr():
            return all(map(is_constant, node.values))
        case ast.BinOp():
            return is_constant(node.left) and is_constant(node.right)
        case ast.IfExp():
            return is_constant(node.body) and is_constant(node.orelse)
        case ast.Call():
            return ast.unparse(node.func) == "sql.SQL"
        case _:
            return False
