"""What JSON, TOML and parsed Gherkin hold before anybody has looked: nothing is known of it but its outer form.

Only what reads such a text has these types; whoever gets a value from there gets one of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Any
JsonMap: TypeAlias = Mapping[str, Any]
JsonDict: TypeAlias = dict[str, Any]
