"""`make evaluate REPORT=1`: measures both models for docs/understanding.md; pictures go to docs/images/.

By language and kind; which neighbours are mixed up; whether probabilities are true; whether more lines help.
"""

import math
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from safetensors.numpy import save_file

from evaluation import Answered, shares
from example_lines import OUT_OF_SCOPE, ExampleLine, read_folder, single
from make_many import LANGUAGES
from ngram_training import train_ngrams
from nixforhumanity.understanding.model.ngram_model import NgramModel
from nixforhumanity.understanding.model.trained_model import TrainedModel, folder_of
from nixforhumanity.understanding.normalise import normalise

ROOT = Path(__file__).resolve().parents[1]
SETS = ("development", "fresh")
_ALL = ("en", *LANGUAGES)
_BINS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001)
_PARTS = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0)
_OFTEN = 2


def report() -> None:
    """Print the tables and write the pictures."""
    models = {name: _loaded(name) for name in ("en", "many")}
    rows = {(part, name): _answers(models[folder_of(name)], part, name) for part in SETS for name in _ALL}
    _by_language(rows)
    _by_kind(rows)
    _neighbours([row for found in rows.values() for row in found])
    english = [row for part in SETS for row in rows[part, "en"]]
    others = [row for (_, name), found in rows.items() if name != "en" for row in found]
    sure = {"English": _calibration(english), "nine languages": _calibration(others)}
    _draw("calibration", sure, ("how sure the models are, %", "how often they are right, %"), diagonal=True)
    curves = {"English": _curve(["en"]), "nine languages": _curve(LANGUAGES)}
    _draw("learning_curve", curves, ("share of the lines learned from, %", "request right, n-grams alone, %"))


def _draw(
    name: str,
    lines: Mapping[str, Sequence[tuple[float, float]]],
    axes: tuple[str, str],
    *,
    diagonal: bool = False,
) -> None:
    mpl.rcParams["svg.hashsalt"] = name  # the same numbers give the same file
    figure, plot = plt.subplots(figsize=(5, 3.6))
    if diagonal:
        plot.plot((0, 100), (0, 100), linestyle=":", color="gray")
    for label, points in lines.items():
        plot.plot(*zip(*points, strict=True), marker="o", markersize=4, label=label)
    plot.set(xlabel=axes[0], ylabel=axes[1])
    plot.grid(alpha=0.3)
    plot.legend()
    figure.savefig(ROOT / f"docs/images/{name}.svg", bbox_inches="tight", metadata={"Date": None})


def _loaded(name: str) -> TrainedModel:
    model = TrainedModel(ROOT / "resources/models" / name)
    model.load_encoder()
    return model


def _held_back(part: str, language: str) -> list[ExampleLine]:
    return single(read_folder(ROOT / "tests/understanding" / part / language))


def _answers(model: TrainedModel, part: str, language: str) -> list[Answered]:
    lines = _held_back(part, language)
    return [Answered(line, model.likelihoods(normalise(line.text, language=language))) for line in lines]


def _by_language(rows: dict[tuple[str, str], list[Answered]]) -> None:
    print("| language | lines | request right, development / fresh | among three | out of scope declined |")
    print("|---|---|---|---|---|")
    for name in _ALL:
        both = [shares(rows[part, name]) for part in SETS]
        cells = [" / ".join(_percent(one[key][0]) for one in both) for key in _COLUMNS]
        print(f"| {name} | {' + '.join(str(len(rows[part, name])) for part in SETS)} | {' | '.join(cells)} |")


_COLUMNS = ("in scope", "in scope, among three", "out of scope")


def _by_kind(rows: dict[tuple[str, str], list[Answered]]) -> None:
    english = shares([row for part in SETS for row in rows[part, "en"]])
    others = shares([row for (_, name), found in rows.items() if name != "en" for row in found])
    print("\n| kind | English | nine languages |\n|---|---|---|")
    for kind in sorted(set(english) & set(others)):
        print(
            f"| {kind} | " + " | ".join(f"{_percent(g[kind][0])} of {g[kind][1]}" for g in (english, others)),
            "|",
        )


def _neighbours(rows: Iterable[Answered]) -> None:
    mixed = Counter((row.line.requests[0], row.found[0].request) for row in rows if not row.right)
    print("\n| asked for | taken for | times |\n|---|---|---|")
    for (wanted, taken), count in mixed.most_common(20):
        if count >= _OFTEN:
            print(f"| {wanted} | {taken} | {count} |")


def _calibration(rows: Sequence[Answered]) -> list[tuple[float, float]]:
    """Return for each range of probabilities how sure the model was on average and how often right, in %."""
    sure = np.array([row.found[0].probability for row in rows])
    right = np.array([row.right for row in rows])
    places = np.digitize(sure, _BINS)
    return [
        (100 * float(sure[places == one].mean()), 100 * float(right[places == one].mean()))
        for one in range(1, len(_BINS))
        if (places == one).sum() >= 10
    ]


def _curve(languages: Sequence[str]) -> list[tuple[float, float]]:
    """Return how right the n-grams alone are, in scope, after a part of the lines."""
    lines = [
        (normalise(line.text, language=name), line.requests[0])
        for name in languages
        for line in single(read_folder(ROOT / "resources/sentences" / name / "examples"))
    ]
    random.Random(0).shuffle(lines)
    held = [
        (normalise(line.text, language=name), line.requests[0])
        for name in languages
        for part in SETS
        for line in _held_back(part, name)
        if line.requests[0] != OUT_OF_SCOPE
    ]
    classes = sorted({request for _, request in lines})
    points = []
    of_request: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in lines:
        of_request[line[1]].append(line)
    for part in _PARTS:
        some = [line for rows in of_request.values() for line in rows[: math.ceil(part * len(rows))]]
        right = _right(some, held, classes)
        print(f"{'+'.join(languages)}: {100 * part:.0f} % of the lines: {_percent(right)} %", flush=True)
        points.append((100 * part, 100 * right))
    return points


def _right(some: list[tuple[str, str]], held: list[tuple[str, str]], classes: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ngrams.safetensors"
        save_file(train_ngrams([text for text, _ in some], [request for _, request in some], classes), path)
        model = NgramModel(path)
        return float(
            np.mean([classes[int(model.log_probabilities(text).argmax())] == wanted for text, wanted in held])
        )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


if __name__ == "__main__":
    report()
