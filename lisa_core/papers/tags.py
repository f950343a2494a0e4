"""What each thing on a page is, for readers that do not look at it: tags, which reportlab has none of.

PDF/UA-1 (ISO 14289-1) asks for a tree of all that says something, in reading order, for everything else to be marked
as an artifact, for a title, and for a language: ISO 32000-1, 14.6 (marked content), 14.7.2 (structure tree), 14.7.4.4
(parent tree), 14.8.4 (kinds of element), 14.8.5 (attributes). reportlab writes what hangs in its catalogue and in the
code of a page; whether that still holds is asked of two readers of others (tests/peers/test_pdf_readers.py).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

Box = tuple[float, float, float, float]
_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""
"""ISO 14289-1, 5 (pdfuaid:part) and 7.1 (dc:title), in the frame of ISO 16684-1."""


@dataclass(slots=True)
class Element:
    """One node of the tree: its kind ("P", "H1", "Table" ...), and nodes or marks (page, number) in it, in order.

    `columns` of a table is how many cells a row of it has.
    """

    kind: str
    children: list[Element | tuple[int, int]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    alt: str = ""
    box: Box | None = None
    columns: int = 0


class Tags:
    """The tree of one document while it is drawn: open an element, mark what is drawn in it, `finish` before saving."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._inside = canvas, vars(canvas)
        self._open = [Element("Document")]
        self._marked: list[list[Element]] = [[]]

    @contextlib.contextmanager
    def element(self, kind: str, *, alt: str = "", box: Box | None = None) -> Iterator[Element]:
        """A new node below the one that is open; what is marked meanwhile belongs to it."""
        made = Element(kind, alt=alt, box=box)
        self._open[-1].children.append(made)
        with self._within(made):
            yield made

    @contextlib.contextmanager
    def row(self, columns: int) -> Iterator[Element]:
        """A row: of the table drawn last, if that has as many columns and nothing came between; else of a new one.

        Yields the table.
        """
        siblings = self._open[-1].children
        table = siblings[-1] if siblings else None
        if not isinstance(table, Element) or table.columns != columns:
            table = Element("Table", columns=columns)
            siblings.append(table)
        with self._within(table), self.element("TR"):
            yield table

    @contextlib.contextmanager
    def cell(self, scope: str = "") -> Iterator[Element]:
        """A cell of the open row; with a scope ("Row", "Column") it heads that."""
        with self.element("TH" if scope else "TD") as made:
            if scope:
                made.attributes = {"O": "Table", "Scope": scope}
            yield made

    @contextlib.contextmanager
    def marked(self, element: Element | None = None, actual: str = "") -> Iterator[None]:
        """What is drawn now belongs to this element, or to the open one; `actual` is what it reads as, if otherwise."""
        owner = element or self._open[-1]
        number = len(self._marked[-1])
        self._marked[-1].append(owner)
        owner.children.append((len(self._marked) - 1, number))
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._between(f"/{owner.kind} <</MCID {number}>> BDC"))
            if actual:  # 14.9.4; readers look for it at a span
                text = actual.encode("utf-16-be").hex()
                stack.enter_context(self._between(f"/Span <</ActualText <FEFF{text}>>> BDC"))
            yield

    @contextlib.contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn now says nothing that is not said elsewhere: lines, the foot of a page."""
        with self._between("/Artifact BMC"):
            yield

    def page_ended(self) -> None:
        """After `showPage`: the page gets its place in the parent tree, and its own order for the keyboard."""
        page = self._inside["_doc"].Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._marked) - 1, PDFName("S")
        self._marked.append([])

    def finish(self, title: str, author: str, language: str) -> None:
        """Hang everything into the document; nothing can be drawn after it."""
        document = self._inside["_doc"]
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._hang(self._open[0], root)
        pages = [PDFArray([self._references[id(one)] for one in page]) for page in self._marked]
        numbered = [entry for number, page in enumerate(pages) for entry in (number, document.Reference(page))]
        root["K"] = PDFArray([self._references[id(self._open[0])]])
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbered)}))
        root["ParentTreeNextKey"] = len(pages)
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        text = _XMP.format(title=escape(title), author=escape(author), language=language)
        kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        document.Catalog.Metadata = PDFStream(kind, text.encode("utf-8", "replace"))
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def _hang(self, top: Element, root: PDFDictionary) -> None:
        """Make the object of each element, parents first; circles go through references."""
        self._references: dict[int, PDFObject] = {}
        waiting: list[tuple[Element, PDFObject]] = [(top, self._inside["_doc"].Reference(root))]
        made: list[tuple[Element, PDFDictionary]] = []
        while waiting:
            element, parent = waiting.pop()
            made.append((element, self._object(element, parent)))
            here = self._references[id(element)]
            waiting += [(child, here) for child in element.children if isinstance(child, Element)]
        for element, found in made:
            found["K"] = PDFArray([self._kid(child) for child in element.children])

    def _object(self, element: Element, parent: PDFObject) -> PDFDictionary:
        found = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.kind), "P": parent})
        if element.alt:
            found["Alt"] = PDFString(element.alt)
        if element.attributes:
            found["A"] = PDFDictionary({key: PDFName(value) for key, value in element.attributes.items()})
        if element.box:
            found["A"] = PDFDictionary({"O": PDFName("Layout"), "BBox": PDFArray(element.box)})
        self._references[id(element)] = self._inside["_doc"].Reference(found)
        return found

    def _kid(self, child: Element | tuple[int, int]) -> PDFObject:
        if isinstance(child, Element):
            return self._references[id(child)]
        page, number = child
        where = self._inside["_doc"].Reference(self._inside["_doc"].Pages.pages[page])
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": where, "MCID": number})

    @contextlib.contextmanager
    def _within(self, element: Element) -> Iterator[None]:
        self._open.append(element)
        try:
            yield
        finally:
            self._open.pop()

    @contextlib.contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self._inside["_code"].append(begin)
        try:
            yield
        finally:
            self._inside["_code"].append("EMC")
