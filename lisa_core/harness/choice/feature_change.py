"""Which scenarios of a feature file have changed: compared is what runs, so what was only moved has not."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.choice.change import ChangedFile, Effect
from lisa_core.harness.text.document import FeatureText, parse
from lisa_core.harness.text.findings import FeatureError
from lisa_core.harness.text.language import say
from lisa_core.harness.text.naming import named


def feature_effects(change: ChangedFile) -> tuple[Effect, ...]:
    """The scenarios and example rows that are new or run otherwise than before, each kind of them with its reason.

    What stands above a scenario and runs with it (Hintergrund, tags of the file) belongs to it.
    """
    file = str(change.path.resolve())
    if change.after is None:
        gone = change.before is not None
        return () if gone else (Effect(say("was vorher in der Datei stand, weiß git nicht"), file=file),)
    now, then = _read(change.path, change.after), _read(change.path, change.before)
    if now is None:  # the run refuses it, with a sentence
        return (Effect(say("Datei geändert"), file=file),)
    if then is None:
        return (Effect(say("Datei neu"), file=file),)
    lines: dict[str, list[int]] = defaultdict(list)
    for line, reason in _changed(then, now):
        lines[reason].append(line)
    return tuple(Effect(reason, file=file, lines=tuple(numbers)) for reason, numbers in lines.items())


def text_of(data: bytes | None) -> str | None:
    """As a file is read, with every kind of line end; None where there is none, or it is not UTF-8."""
    try:
        return None if data is None else data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


def said(step: JsonMap) -> list[object]:
    """What a step of gherkin's pickles says, with what stands below it."""
    return [step["type"], step["text"], step.get("argument")]


def as_it_runs(feature: FeatureText) -> Mapping[str, str]:
    """By its name in the file what each scenario and row runs, as a text that is the same for the same."""
    return {name: _whole(pickle, feature) for name, pickle in named(feature)}


def _read(path: Path, data: bytes | None) -> FeatureText | None:
    text = text_of(data)
    try:
        return None if text is None else parse(path, text)
    except FeatureError:
        return None


def _changed(then: FeatureText, now: FeatureText) -> Iterator[tuple[int, str]]:
    left = Counter(_whole(one, then) for one in then.syntax.pickles)
    own = Counter(_own(one, then) for one in then.syntax.pickles)
    names = {one["name"] for one in then.syntax.pickles}
    for pickle in now.syntax.pickles:
        whole = _whole(pickle, now)
        if left[whole] > 0:
            left[whole] -= 1
            continue
        reason = say("Szenario neu")
        if own[_own(pickle, now)] > 0:
            reason = say("Hintergrund geändert")
        elif pickle["name"] in names:
            reason = say("Szenario geändert")
        yield pickle["location"]["line"], reason


def _whole(pickle: JsonMap, feature: FeatureText) -> str:
    return json.dumps(
        [feature.syntax.tree["feature"]["language"], *_head(pickle), [said(one) for one in pickle["steps"]]]
    )


def _own(pickle: JsonMap, feature: FeatureText) -> str:
    """Without what comes from above."""
    above = {step["id"] for step in _backgrounds(feature.syntax.tree["feature"])}
    return json.dumps([*_head(pickle), [said(one) for one in pickle["steps"] if one["astNodeIds"][0] not in above]])


def _head(pickle: JsonMap) -> tuple[str, list[str]]:
    return pickle["name"], sorted(tag["name"] for tag in pickle["tags"])


def _backgrounds(node: JsonMap) -> Iterator[JsonMap]:
    for child in node["children"]:
        yield from child.get("background", {}).get("steps", ())
        if "rule" in child:
            yield from _backgrounds(child["rule"])
