"""The table of what strangers on the network do to an exchange with TLS and keys: refused, and the booth goes on.

"Goes on" is: it gets its answers, the exchange's disk included, in at most four times the time that they took just
before, in the best of six rounds; in `make test-long` in at most twice that time, in the best of three.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from tests.access.network import FLOODS, ROWS, TOLD, Network, open_network
from tests.system.test_two_programs import entries


@pytest.fixture(scope="module")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as opened:
        yield opened


@pytest.fixture(scope="module")
def net(portal: BlockingPortal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with portal.wrap_async_context_manager(open_network(tmp_path_factory.mktemp("netz"))) as found:
        yield found


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("row", ROWS)
def test_it_is_refused_and_the_booth_goes_on(row: str, net: Network, portal: BlockingPortal) -> None:
    portal.call(ROWS[row], net)
    portal.call(net.goes_on)


@pytest.mark.alone
@pytest.mark.parametrize("row", FLOODS)
def test_in_a_flood_the_booth_goes_on(row: str, net: Network, portal: BlockingPortal) -> None:
    portal.call(net.goes_on, partial(FLOODS[row], net))


def test_the_administration_is_told_of_each_kind_and_of_no_content(net: Network) -> None:
    """After all the rows above: once a minute at most, so that nobody fills the disk with them."""
    found = [
        row for row in entries(net.home / "x" / "exchange.sqlite") if row[0].startswith(("schl", "seite", "buero.d"))
    ]
    assert {(name, subject) for name, subject, _ in found} >= TOLD
    assert not [row for row in found if row[2]]
    assert len(found) < 60
