"""`make evaluate`: prints how well the models in resources/models/ understand the held-back lines."""

import json
import sys
from collections import Counter
from pathlib import Path

from evaluation import answered, confused, shares
from example_lines import read_folder, single
from nixforhumanity.understanding.model.classifier import Classifier
from prepared import speller

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Print a table for each held-back set; with --confused also every line that went wrong."""
    folder = ROOT / "resources/models/en"
    classifier = Classifier(folder)
    used = Counter(json.loads((folder / "words.json").read_text(encoding="utf-8")))
    repair = speller(used, folder / "wordpieces.txt")
    for complete in (False, True):
        if complete:
            classifier.load_encoder()
            if not classifier.complete:
                break
        for name in ("development", "fresh"):
            lines = single(read_folder(ROOT / "tests/understanding" / name / "en"))
            rows = answered(classifier, repair, lines)
            print(f"\n{name}, {'both models' if complete else 'n-grams alone'}")
            for group, (share, count) in shares(rows).items():
                print(f"  {group:24} {100 * share:6.1f} %  of {count}")
            if "--confused" in sys.argv:
                for row in confused(rows):
                    print("   ", *row, sep=" | ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
