"""What the tests of one worker share: three networks with a relay in the middle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import chromium as chromium
from tests.nets.coturn import need_coturn
from tests.nets.namespaces import need_networks
from tests.nets.town import Nets, three_networks

MOST = 6
"""So many ways the relay gives at once."""


@pytest.fixture(scope="session")
def nets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nets]:
    """Booth, relay and desk apart."""
    need_networks()
    need_coturn()
    with three_networks(tmp_path_factory.mktemp("relais"), most=MOST) as made:
        yield made
