"""IPP alone: a question to a printer, and its answer, which arrives in two pieces. Nothing is opened.

With any HTTP client the bytes of `question` go to http://printer:631/ipp/print as a POST of the type application/ipp.
"""

from __future__ import annotations

from lisa_core.equipment.codecs.ipp.message import Group, Message, MessageReader, write_message
from lisa_core.equipment.codecs.ipp.values import Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrinterState, StatusCode

OPENING = (
    attribute("attributes-charset", Tag.CHARSET, "utf-8"),
    attribute("attributes-natural-language", Tag.LANGUAGE, "de"),
)


def question() -> bytes:
    """How is it?"""
    asked = (
        *OPENING,
        attribute("printer-uri", Tag.URI, "ipp://drucker.example/ipp/print"),
        attribute("requested-attributes", Tag.KEYWORD, "printer-state", "printer-state-reasons"),
    )
    return write_message(Message(Operation.GET_PRINTER_ATTRIBUTES, 1, (Group(GroupTag.OPERATION, asked),)))


def answer() -> bytes:
    """It stands, for two reasons."""
    said = (
        attribute("printer-state", Tag.ENUM, PrinterState.STOPPED),
        attribute("printer-state-reasons", Tag.KEYWORD, "media-empty-error", "media-needed-error"),
    )
    groups = (Group(GroupTag.OPERATION, OPENING), Group(GroupTag.PRINTER, said))
    return write_message(Message(StatusCode.OK, 1, groups))


def main() -> None:
    print(f"Frage: {len(question())} Bytes, {question()[:8].hex(' ')} …")
    reader, data = MessageReader(), answer()
    print(f"nach 100 Bytes: {reader.feed(data[:100])}")
    if message := reader.feed(data[100:]):
        printer = message.group(GroupTag.PRINTER)
        print(f"Status {message.code:#06x}, Zustand {printer.all('printer-state')}")
        print(f"Gründe: {', '.join(map(str, printer.all('printer-state-reasons')))}")


if __name__ == "__main__":
    main()
