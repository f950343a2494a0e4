"""What is said on the console: whatever a name or a device puts into it is shown, not obeyed."""

from __future__ import annotations

import pytest

from lisa_core.host.machine import tell


def test_a_sentence_on_the_console_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    tell("Kabine \x1b[2J\x07\u202eÄ: voll.")

    assert capsys.readouterr().err == "Kabine \\x1b[2J\\x07\\u202eÄ: voll.\n"
