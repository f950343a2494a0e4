"""The tester's page on loopback in an English run: what it shows, and what its script says."""

from __future__ import annotations

import html
import json
import re

from lisa_core.harness.tester.page import page_text
from lisa_core.harness.text.language import speaking
from tests.english.test_day import seen
from tests.english.words import german_words


def test_the_page_is_english_in_an_english_run() -> None:
    with speaking("en"):
        page = page_text()
    words = json.loads(html.unescape(re.findall(r'data-words="([^"]*)"', page)[0]))
    assert '<html lang="en">' in page
    assert words["Gerade ist nichts zu tun."] == "There is nothing to do right now."
    assert german_words(" ".join([seen(page), *words.values()])) == set()
    assert len(words) >= 14


def test_the_page_is_as_it_was_in_a_german_one() -> None:
    with speaking("de"):
        assert "Gerade ist nichts zu tun." in seen(page_text())
