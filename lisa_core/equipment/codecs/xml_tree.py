"""Small XML documents as trees, for protocols that speak XML. Sans-IO, bounded, and tolerant of namespaces.

Elements are known by their local name: devices are found in the field that bind another prefix, or none at all. A
document type (and with it every entity of one's own), more than 64 kB or deep nesting is refused (CWE-776).
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from xml.parsers import expat

from lisa_core.domain.model.errors import ProtocolError

MAX_XML = 64 * 1024
MAX_DEPTH = 32
_BLANKS = b" \t\r\n"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Tree = list[tuple[str, "str | Tree"]]
"""What is written: pairs of a prefixed name and its text or children."""


@dataclass(slots=True)
class Node:
    """One element that was read: local name, its own text without blanks around it, children in order."""

    name: str
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *path: str) -> list[Node]:
        """Every element at this path of local names."""
        found = [self]
        for name in path:
            found = [child for parent in found for child in parent.children if child.name == name]
        return found

    def first(self, *path: str) -> Node | None:
        """The first element at this path, or None."""
        return next(iter(self.all(*path)), None)

    def text_of(self, *path: str) -> str:
        """The text of the first element at this path; empty where there is none."""
        found = self.first(*path)
        return found.text if found else ""

    def number_of(self, name: str, default: int) -> int:
        """The child's text as a number from 0 to 999999. Raises `ProtocolError` for anything else."""
        text = self.text_of(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            raise ProtocolError(f"{name}: {text[:20]!r} is not a number from 0 to 999999")
        return int(text)

    def length_of(self, name: str, default: int) -> int:
        """The child's text as a whole number, fractions cut off; `default` for what is no number from 0 to 999999.

        For what a device says of itself: one odd value does not make it unusable.
        """
        whole, _, rest = self.text_of(name).partition(".")
        fits = whole.isascii() and whole.isdigit() and len(whole) <= 6 and (not rest or rest.isdigit())
        return int(whole) if fits else default


def read_xml(data: bytes, root: str) -> Node:
    """Read a document whose root has this local name. Raises `ProtocolError` for anything else.

    Devices and clients are found that begin with a line break, end with a NUL, or write Latin-1 and call it UTF-8.
    """
    if len(data) > MAX_XML:
        raise ProtocolError(f"{root}: {len(data)} bytes of XML, more than {MAX_XML}")
    top = Node("")
    parser = _parser([top], root)
    try:
        parser.Parse(_as_utf8(data), True)
    except expat.ExpatError as error:
        raise ProtocolError(f"{root}: not well-formed XML ({error})") from error
    document = top.children[0]
    if document.name != root:
        raise ProtocolError(f"expected {root}, got {document.name[:40]!r}")
    return document


def _as_utf8(data: bytes) -> bytes:
    if data.startswith(_UTF16):
        return data
    text = data.lstrip(_BLANKS).rstrip(_BLANKS + b"\0")
    try:
        text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1").encode()
    return text


def _parser(open_nodes: list[Node], root: str) -> expat.XMLParserType:
    texts: list[list[str]] = [[]]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_nodes) > MAX_DEPTH:
            raise ProtocolError(f"{root}: XML nested deeper than {MAX_DEPTH}")
        node = Node(name.rpartition(":")[2])
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
        texts.append([])

    def end(name: str) -> None:
        open_nodes.pop().text = "".join(texts.pop()).strip()

    def characters(text: str) -> None:
        texts[-1].append(text)

    def refuse(*anything: object) -> None:
        raise ProtocolError(f"{root}: a document type is not accepted in XML from outside")

    # Overrides the encoding that the document claims; a document type is refused under each that expat knows.
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    return parser


def write_xml(root: str, namespaces: str, children: Tree) -> bytes:
    """Write a document; `namespaces` are the xmlns attributes of the root."""
    body = _written(children, 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {namespaces}>\n{body}</{root}>\n'.encode()


def _written(tree: Tree, depth: int) -> str:
    indent = "  " * depth
    return "".join(
        f"{indent}<{tag}>{html.escape(content, quote=False)}</{tag}>\n"
        if isinstance(content, str)
        else f"{indent}<{tag}>\n{_written(content, depth + 1)}{indent}</{tag}>\n"
        for tag, content in tree
    )
