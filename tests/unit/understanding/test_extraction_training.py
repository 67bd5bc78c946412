"""What is learned from examples chooses the right words of a line that was not among them."""

from collections.abc import Mapping

import pytest

from nixforhumanity.understanding.extraction import spans
from nixforhumanity.understanding.extraction.candidates import candidates_for, chosen
from nixforhumanity.understanding.extraction.words import line_of
from nixforhumanity.understanding.requests import NameMatch
from span_training import SpanExample, learn_spans, same_words


class NoNames:
    """An index that knows no name."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return []


def test_learned_weights_find_the_value_in_a_new_line(monkeypatch: pytest.MonkeyPatch) -> None:
    topics = ("maps", "stamp lists", "chess engines", "tax forms", "sheet music")
    examples = [
        SpanExample("search_packages", "query", f"search for {topic} please", topic) for topic in topics
    ]
    parts = learn_spans(examples, NoNames())
    weights: Mapping[str, float] = {
        f"{slot}|{feature}": weight / 100
        for slot, group in parts.items()
        for feature, weight in group.items()
    }
    monkeypatch.setattr(spans, "learned_weights", lambda language: weights)
    line = line_of("search for star charts please")
    found = candidates_for("search_packages", "query", line, NoNames())
    best = chosen("search_packages", "query", line, found, required=True)
    assert best is not None
    assert best.value == "star charts"


def test_case_articles_and_edges_do_not_make_values_different() -> None:
    assert same_words("The Nix store.", "nix store")
    assert not same_words("nix stores", "nix store")
