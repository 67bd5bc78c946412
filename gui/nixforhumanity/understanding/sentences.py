"""Reads resources/sentences/LANG/*.yaml: templates in hassil's notation, and examples, for each request."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from nixforhumanity.core.resources import resource


@dataclass(frozen=True, slots=True)
class RequestSentences:
    """How one request is said in one language."""

    request: str
    templates: tuple[str, ...]
    examples: tuple[str, ...]
    """Whole lines as people write them; each is a test, and the first one is shown as help."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Everything that is said in one language."""

    requests: dict[str, RequestSentences]
    rules: dict[str, str]
    """Named parts of templates, used as `<name>`."""
    words: dict[str, str] = field(default_factory=dict)
    """Words of other languages that are mixed in, and what they stand for."""


@cache
def sentences(language: str) -> Sentences:
    """Return the sentences of a language; a language without a folder has none."""
    requests: dict[str, RequestSentences] = {}
    rules: dict[str, str] = {}
    words: dict[str, str] = {}
    folder = resource("sentences", language)
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - a safe loader
        rules.update(data.get("rules", {}))
        words.update(data.get("words", {}))
        for name, row in data.get("requests", {}).items():
            if name in requests:
                raise ValueError(f"{path.name}: {name} is in two files")
            requests[name] = RequestSentences(
                name, tuple(row.get("templates", ())), tuple(row.get("examples", ()))
            )
    return Sentences(requests, rules, words)


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
