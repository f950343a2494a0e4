"""Classes of certification: what a device in a slot, or a whole booth, has to show before anybody may call it fit.

How it works: one file each, `features/klassen/<name>-<version>.toml`, read by `reading` into the values of `values`,
all mistakes at once with file and line. A class belongs to whoever asks for the devices, never to their makers: what
is mandatory, and within which limits, stands here and in no hardware profile. `limits` has the units and the limit,
`budget` what a reference leaves uncertain, and `references` what may serve as one.

Others may rely on `known_classes`, `load_class` and the values that come of it. A version that was handed out is never
changed: another limit is another version.
"""

from __future__ import annotations

from lisa_core.config.classes.reading import class_in, class_of_text, class_path, known_classes, load_class
from lisa_core.config.classes.values import Basis, CertificationClass, Demand, Obligation, Showing

__all__ = [
    "Basis",
    "CertificationClass",
    "Demand",
    "Obligation",
    "Showing",
    "class_in",
    "class_of_text",
    "class_path",
    "known_classes",
    "load_class",
]
