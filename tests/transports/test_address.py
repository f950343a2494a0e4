"""Addresses: each typing error with its sentence; and whatever is taken, the libraries below take too."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import pytest
import serial.rfc2217
import serial.urlhandler.protocol_socket
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.config.drivers import driver as declared
from lisa_core.config.drivers import driver_faults
from lisa_core.domain.model.errors import ProfileError
from lisa_core.host.address import HTTP, PAD, RAW_PORT, SERIAL, Address, read_address, respelled

WRONG: Mapping[tuple[str, str], str] = {
    ("escl", "http://127.0.0.1:184550/eSCL"): "Der Port „184550“ ist keine Zahl von 1 bis 65535",
    ("escl", "http://127.0.0.1:0/eSCL"): "Der Port „0“",
    ("escl", "http://127.0.0.1:/eSCL"): "Der Port „“",
    ("escl", "http://127.0.0.1:٨٠/eSCL"): "Der Port „٨٠“",
    ("escl", "http://[::1/eSCL"): "Die eckigen Klammern gehören um die ganze IPv6-Adresse",
    ("escl", "http://::1]/eSCL"): "Die eckigen Klammern",
    ("escl", "http://[::1]80/eSCL"): "Die eckigen Klammern",
    ("escl", "http://[::g]/eSCL"): "„::g“ ist keine IPv6-Adresse",
    ("escl", "http://fe80::1/eSCL"): "Eine IPv6-Adresse steht in eckigen Klammern",
    ("escl", "http://scanner:80:80/eSCL"): "Darin stehen zwei Ports",
    ("escl", "127.0.0.1/eSCL"): "Am Anfang fehlt „http://“",
    ("escl", "htp://127.0.0.1/eSCL"): "„htp://“ passt hier nicht: Hier geht nur http:// oder https://",
    ("escl", "http:///eSCL"): "Der Rechner fehlt",
    ("escl", "http://scan ner/eSCL"): "Leerzeichen",
    ("escl", "http://scanner/eSCL\n"): "Leerzeichen",
    ("escl", "http://127.0.0.1.5/eSCL"): "„127.0.0.1.5“ ist keine IPv4-Adresse",
    ("escl", "http://scanner..local/eSCL"): "„scanner..local“ ist kein Name eines Rechners",
    ("escl", "http://scanner/eSCL?x=1"): "„?x=1“ gehört nicht hinein",
    ("escl", "http://scanner/" + "x" * 2000): "mehr als 1024 Zeichen",
    ("raw-print", "tcp://"): "Der Rechner fehlt",
    ("raw-print", "tcp://::1:9100"): "in eckigen Klammern",
    ("raw-print", "tcp://drucker/queue"): "„/queue“ gehört nicht hinein",
    ("hlk-ld2410", "ttyUSB0"): "beginnt mit „/“",
    ("hlk-ld2410", "COM3"): "beginnt mit „/“",
    ("hlk-ld2410", "rfc2217://server"): "Der Port fehlt",
    ("hlk-ld2410", "telnet://server:4001"): "Hier geht nur rfc2217:// oder socket://",
    ("modbus-io", "rfc2217://server:4001?ign_set_contol"): "Meinten Sie „ign_set_control“? Erwartet",
    ("modbus-io", "socket://server:4001?ign_set_control"): "Bekannt: logging. Erwartet",
    ("wacom-stu", "hid:056a"): "stehen Hersteller und Produkt",
    ("wacom-stu", "COM3"): "beginnt mit „/“; sonst geht hier nur hid: oder rfc2217://",
    ("wacom-stu", "rfc2217://server:4001/1-1"): "„/1-1“ gehört nicht hinein",
    ("wacom-stu", "rfc2217://server:4001?timeout=bald"): "„timeout=bald“",
    ("camera", "/dev/video0"): "Am Anfang fehlt „frames:“ oder „video:“",
    ("camera", "video:"): "Hinter „video:“ fehlt der Pfad",
    ("microphone", "ton.wav"): "Am Anfang fehlt „pcm:“",
    ("adapter", "adapter:"): "Hinter „adapter:“ fehlt der Befehl",
    ("adapter", "node sensor.js"): "Am Anfang fehlt „adapter:“",
    ("adapter", "tcp://127.0.0.1:4100"): "Am Anfang fehlt „adapter:“",
    ("adapter", "adapter:tcp://127.0.0.1"): "Der Port fehlt",
    ("adapter", "adapter:http://127.0.0.1:80"): "Hier geht nur adapter:tcp:// oder adapter:",
}
SLOT = {"hlk-ld2410": "presence", "modbus-io": "lamp", "escl": "scanner", "wacom-stu": "signature_pad"} | {
    "camera": "citizen_camera",
    "microphone": "microphone",
    "raw-print": "printer",
    "adapter": "presence",
}
PIECES = ["http", "tcp", "rfc2217", "socket", "video", ":", "/", "//", "[", "]", "::1", "@", "?", "#", "&", "=", " "]
PIECES += ["127.0.0.1", "scanner", ".", "-", "80", "99999", "timeout", "logging", "ä", "\x00", "\ud800", "٣", "%25"]
TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize(("driver", "binding"), WRONG)
def test_a_typing_error_is_told_with_its_cure(driver: str, binding: str) -> None:
    options = {"red": 1, "yellow": 2, "green": 3} if driver == "modbus-io" else {}
    ((key, sentence),) = driver_faults(SLOT[driver], driver, binding, options)
    assert key == "binding"
    assert sentence.startswith(f"slots.{SLOT[driver]}.binding: „")
    assert WRONG[driver, binding] in sentence
    assert "Erwartet wird zum Beispiel " in sentence


def test_a_password_is_not_repeated() -> None:
    for text in ("http://anna:geheim@scanner/eSCL", "http://anna:geheim @scanner/", "anna:geheim@scanner"):
        with pytest.raises(ProfileError) as caught:
            read_address(text, HTTP)
        assert "geheim" not in str(caught.value)


def test_what_is_meant_well_is_taken() -> None:
    assert read_address("HTTP://scanner.local./eSCL/", HTTP) == Address("http", "scanner.local.", 80, "/eSCL/")
    assert read_address("tcp://[::1]:9100", RAW_PORT) == Address("socket", "::1", 9100)
    assert read_address("socket://drucker", RAW_PORT).port == 9100
    assert read_address("/dev/serial/by-id/usb-1a86 USB Serial-if00", SERIAL).host == ""
    assert read_address("hid:056A:00A8:LISA1", PAD) == Address("hid", path="056A:00A8:LISA1")
    assert read_address("usbip://server/1-1", PAD) == Address("usbip", "server", 3240, "/1-1")
    assert read_address("rfc2217://[fe80::1]:4001?ign_set_control&timeout=5", SERIAL).host == "fe80::1"


@given(TEXTS, st.sampled_from(sorted(SLOT)))
def test_any_text_is_a_binding_or_has_a_sentence(text: str, driver: str) -> None:
    sentence = refused(driver, text)
    if sentence:
        assert sentence.isprintable()
    elif driver == "escl":
        httpx.URL(text.rstrip("/") + "/ScannerCapabilities")
    elif "://" in text and not text.lower().startswith("usbip") and driver in ("hlk-ld2410", "modbus-io", "wacom-stu"):
        text = respelled(text, SERIAL) or text
        network = serial.rfc2217 if text.lower().startswith("rfc2217") else serial.urlhandler.protocol_socket
        assert network.Serial().from_url(text)[1] in range(1, 65536)


def refused(driver: str, text: str) -> str:
    """Why it is no binding; "" when it is one."""
    try:
        read_address(text, declared(driver).binding)
    except ProfileError as error:
        return str(error)
    return ""
