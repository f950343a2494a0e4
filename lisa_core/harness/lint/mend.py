"""What may be rewritten without a question: quotation marks and the full stop of a sentence that runs anyway."""

from __future__ import annotations

from collections.abc import Iterable

from lisa_core.harness.lint.place import nearest, quoted
from lisa_core.harness.lint.rules import SPELLING
from lisa_core.harness.text.findings import Finding


def mended(text: str, findings: Iterable[Finding]) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file with these spelled as they are meant, nothing else changed; and those that were."""
    lines = text.split("\n")  # as gherkin counts them
    done = []
    for one in findings:
        old, new = next(quoted(one.what), ""), nearest(one)
        if one.rule == SPELLING and old and new and one.line <= len(lines) and lines[one.line - 1].count(old) == 1:
            lines[one.line - 1] = lines[one.line - 1].replace(old, new)
            done.append(one)
    return "\n".join(lines), tuple(done)
