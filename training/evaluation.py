"""Measures the classifier on held-back lines: by kind, in scope and out of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from example_lines import OUT_OF_SCOPE, ExampleLine
from nixforhumanity.understanding.model.classifier import Classifier
from nixforhumanity.understanding.model.spelling import Speller
from nixforhumanity.understanding.requests import Likelihood
from prepared import prepared


@dataclass(frozen=True, slots=True)
class Answered:
    """One held-back line and what the classifier took it for, best first."""

    line: ExampleLine
    found: Sequence[Likelihood]

    @property
    def right(self) -> bool:
        return self.found[0].request == self.line.requests[0]

    @property
    def among_three(self) -> bool:
        return self.line.requests[0] in [one.request for one in self.found[:3]]


def answered(classifier: Classifier, speller: Speller, lines: Sequence[ExampleLine]) -> list[Answered]:
    """Classify lines that ask for one thing."""
    texts = prepared(lines, speller)
    return [Answered(line, classifier.likelihoods(text)) for line, text in zip(lines, texts, strict=True)]


def shares(rows: Sequence[Answered]) -> dict[str, tuple[float, int]]:
    """Return the share that is right and the number of lines: by kind, in scope, and out of scope."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        inside = row.line.requests[0] != OUT_OF_SCOPE
        groups[row.line.kind].append(row.right)
        groups["in scope" if inside else "out of scope"].append(row.right)
        if inside:
            groups["in scope, among three"].append(row.among_three)
        if row.found[0].request == OUT_OF_SCOPE:
            groups["declined rightly"].append(not inside)
    return {name: (sum(hits) / len(hits), len(hits)) for name, hits in sorted(groups.items())}


def confused(rows: Sequence[Answered]) -> list[tuple[str, str, str]]:
    """Return (asked for, taken for, text) of every line that was taken for something else."""
    return [(r.line.requests[0], r.found[0].request, r.line.text) for r in rows if not r.right]
