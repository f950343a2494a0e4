"""The wheel as it is handed out, and strangers' programs, as other folders have them."""

from tests.packaging.conftest import handed_out, wheel
from tests.peers.conftest import need, pypi

__all__ = ["handed_out", "need", "pypi", "wheel"]
