#!/bin/sh
# hid-parser says that a report of 16 bytes under one usage has one byte.
#
# Expected: where a report descriptor names fewer usages than fields, the last usage holds for all that are left (HID 1.11,
# 6.2.2.8). So pads, readers and other devices of makers describe a whole block: one usage, report size 8, report count 16;
# the feature report has 16 bytes.
# Seen: hid-parser warns of a descriptor that does not comply ("Expecting 16 usages but got 1"), keeps one field, and gives
# the report a size of 1 byte. hid-tools 0.12 reads the same descriptor as 16 fields, 17 bytes with the report's number.
# Matters: signature pads describe nearly all of their reports that way. Buffers of that size cut every answer, and a test
# that compares lengths by this package calls a right device wrong. Take sizes from hid-tools, or from count times size.
#
# Versions: the ones installed below. Seen on Debian 12 (x86_64), Python 3.11.7, November 2026:
#   hid-parser: 1 byte, warning; hid-tools: 17 bytes with the number, 16 fields
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet 'hid-parser==0.1.0' 'hid-tools==0.12'

cat >"$room/ask.py" <<'PY'
import sys
import warnings

import hid_parser
from hidtools.hid import ReportDescriptor

DESCRIPTOR = bytes.fromhex(
    "060dff"  # usage page: the maker's own
    "0901a101"  # usage 1, an application
    "8508"  # report number 8
    "09091500 26ff00 7508 9510 b102"  # one usage, 0 to 255, 8 bits, 16 times: a feature
    "c0"
)
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    parsed = hid_parser.ReportDescriptor(DESCRIPTOR)
size = parsed.get_feature_report_size(8).byte
report = ReportDescriptor.from_bytes(list(DESCRIPTOR)).feature_reports[8]
print(f"hid-parser: {size} byte, {'warning' if warned else 'no warning'}")
print(f"hid-tools: {report.size} bytes with the number, {len(report.fields)} fields")
if (size, bool(warned), report.size, len(report.fields)) != (1, True, 17, 16):
    sys.exit("Changed: the two packages now read this descriptor otherwise.")
PY
"$room/venv/bin/python" "$room/ask.py"
