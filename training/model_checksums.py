"""Writes down what a model was made from and what came out: a check can tell whether they belong together."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

SENTENCES = Path(__file__).resolve().parents[1] / "resources" / "sentences"


def write_checksums(folder: Path, languages: Sequence[str]) -> None:
    """Write `checksums.json` of a folder of resources/models that was made from lines of these languages."""
    data = [path for name in languages for path in sorted((SENTENCES / name / "examples").glob("*.txt"))]
    rows = {
        "made_from": {f"{path.parents[1].name}/{path.name}": checksum(path) for path in data},
        "files": {p.name: checksum(p) for p in sorted(folder.iterdir()) if p.name != "checksums.json"},
        "command": "make model",
    }
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    (folder / "checksums.json").write_text(text + "\n", encoding="utf-8")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
