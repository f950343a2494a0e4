"""Reading a report's stream: `messages.ndjson` holds a run as Cucumber Messages, the source of every report of it.

Any reader of Cucumber Messages understands it. `read` knows also what they have no word for: our verdicts and
measurements.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from lisa_core.harness.report.messages_read import read


def main() -> None:
    text = Path(sys.argv[1] if len(sys.argv) > 1 else "out/messages.ndjson").read_text(encoding="utf-8")
    kinds = Counter(kind for line in text.splitlines() for kind in json.loads(line))
    print(f"Nachrichten über {kinds['testCase']} Szenario: {kinds['testStepFinished']} Schritte beendet")
    for scenario in read(text).scenarios:
        print(f"{scenario.verdict.value}: {scenario.name}")
        for step in scenario.steps:
            print(f"  {step.verdict.value}: {step.keyword} {step.text}")


if __name__ == "__main__":
    main()
