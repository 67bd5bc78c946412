"""Measures the package index: how fast it is made and asked, and how often a search finds what was meant."""

import math
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "gui"))

from nixforhumanity.nix.package_index import PackageIndex, build_index

QUERIES = Path(__file__).with_name("finder_queries.toml")
EXACT_NAMES = (
    "firefox",
    "gimp",
    "chrome",
    "vs code",
    "fire fox",
    "python",
    "rg",
    "python3Packages.numpy",
    "ls",
)
Answer = TypeVar("Answer")
MISTYPED_NAMES = ("firefix", "libreofice", "gimpp", "wireshrak", "thunderbrid", "xyzzyqq")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        index, opened = timed(lambda: PackageIndex.open(cache))
        _, first = timed(lambda: index.resolve("firefox"))
        print(f"{'usable from memory':<34}{1000 * (opened + first):>9.1f} ms")
        before = time.process_time()
        build_index(PackageIndex.file_in(cache))
        print(f"{'build the whole index':<34}{time.process_time() - before:>9.2f} s CPU")
        print(f"{'its size':<34}{PackageIndex.file_in(cache).stat().st_size / 1e6:>9.1f} MB")
        small_quality = quality(index)
        index.attach(PackageIndex.file_in(cache))
        print_times("resolve an exact name", index.resolve, EXACT_NAMES)
        print_times("resolve a mistyped name", index.resolve, MISTYPED_NAMES)
        queries = [query for part in tomllib.loads(QUERIES.read_text("utf-8")).values() for query in part]
        print_times("search", index.search, queries)
        print_times("suggest", index.suggest, queries)
        print_quality("whole index", quality(index))
        print_quality("from memory, while building", small_quality)
        index.close()


def timed(action: Callable[[], Answer]) -> tuple[Answer, float]:
    begun = time.perf_counter()
    return action(), time.perf_counter() - begun


def print_times(what: str, ask: Callable[[str], object], questions: Sequence[str]) -> None:
    for question in questions:
        ask(question)  # the first time reads pages of the file
    times = sorted(timed(lambda q=question: ask(q))[1] for question in questions for _ in range(20))
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    print(f"{what:<34}{1000 * times[len(times) // 2]:>9.3f} ms median{1000 * p95:>9.3f} ms p95")


def quality(index: PackageIndex) -> dict[str, list[int]]:
    """Return the places (1 is best, 0 is not among ten) of the expected packages, by kind of query."""
    places: dict[str, list[int]] = {}
    for kind, queries in tomllib.loads(QUERIES.read_text("utf-8")).items():
        for query, expected in queries.items():
            hits = [hit.package.attribute for hit in index.search(query, 10)]
            places.setdefault(kind, []).append(
                next((place for place, attribute in enumerate(hits, 1) if attribute in expected), 0)
            )
    return places


def print_quality(what: str, places: dict[str, list[int]]) -> None:
    print(f"\n{what:<34}{'queries':>9}{'Success@10':>12}{'MRR':>8}")
    for kind, some in (*places.items(), ("all", [place for every in places.values() for place in every])):
        success = sum(place > 0 for place in some) / len(some)
        mean_reciprocal = sum(1 / place for place in some if place) / len(some)
        print(f"  {kind:<32}{len(some):>9}{success:>11.1%}{mean_reciprocal:>9.3f}")


if __name__ == "__main__":
    main()
