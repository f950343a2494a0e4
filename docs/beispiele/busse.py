"""Three codecs alone, for people who build a gateway or a sensor: Modbus on a line and on a network, a tracking radar.

Nothing is opened: bytes in, messages out, and the other way round. The requests and answers of Modbus are values of
their own; which of the two frames carries them is the caller's choice.
"""

from __future__ import annotations

from lisa_core.equipment.codecs import ld2450, modbus_rtu, modbus_tcp
from lisa_core.equipment.codecs.modbus_pdu import Answer, Function, Request

INPUTS = Request(unit=1, function=Function.READ_INPUTS, address=0, count=4)
# What a radar sends of one person (HLK-LD2450 V1.03, 2.3), with a byte of noise before it.
RADAR = bytes.fromhex("ff aaff0300 0e03b18610004001 0000000000000000 0000000000000000 55cc")


def on_a_line() -> None:
    """The unit hears a question in two pieces and answers; the master reads the answer behind some noise."""
    question = modbus_rtu.encode_request(INPUTS)
    unit, master = modbus_rtu.RequestParser(), modbus_rtu.AnswerParser(INPUTS)
    heard = [*unit.feed(question[:3]), *unit.feed(question[3:])]
    answer = modbus_rtu.encode_answer(INPUTS, Answer((1, 0, 1, 0)))
    print("Leitung:", question.hex(" "), "->", answer.hex(" "))
    print(heard == [INPUTS], master.feed(b"\x00\x55" + answer))


def on_a_network() -> None:
    """The same question under the number 7: an answer to an earlier one does not count."""
    master = modbus_tcp.NetworkAnswerParser(INPUTS, 7, modbus_tcp.NetworkDeframer())
    late, now = (
        modbus_tcp.encode_answer(INPUTS, Answer(bits), number) for bits, number in (((1,) * 4, 6), ((0,) * 4, 7))
    )
    print("Netz:", modbus_tcp.encode_request(INPUTS, 7).hex(" "))
    print(master.feed(late), master.feed(now))


def by_radar() -> None:
    """Who is tracked, and how far away."""
    parser = ld2450.TrackingParser()
    for report in parser.feed(RADAR):
        people = [one for one in report.targets if one] if isinstance(report, ld2450.TrackingReport) else []
        print(
            "Radar:", *(f"{one.x_mm} mm, {one.y_mm} mm, {one.speed_cm_s} cm/s, {one.distance_cm} cm" for one in people)
        )
    print(f"übersprungen: {parser.skipped} Byte")


if __name__ == "__main__":
    on_a_line()
    on_a_network()
    by_radar()
