"""Progress from the lines that Nix prints."""

import json

from hypothesis import given
from hypothesis import strategies as st

from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.progress import PHASES, NixProgress, ProgressReader

RECIPE = "/nix/store/62mxxks83wx0k4wiy8nl090yniqixihi-failing-1.0.drv"


def line(**event: object) -> str:
    return "@nix " + json.dumps(event)


def reader(*events: str) -> ProgressReader:
    made = ProgressReader()
    for event in events:
        made.feed(event)
    return made


BUILDS = (
    line(action="start", id=121307056308226, level=0, text="", type=104),
    line(action="result", id=121307056308226, type=105, fields=[1, 4, 1, 0]),
)


def test_at_first_nothing_is_known() -> None:
    assert reader().snapshot() == NixProgress(0, 0, "steps", "preparing")


def test_builds_and_their_phases() -> None:
    made = reader(*BUILDS)
    assert made.snapshot() == NixProgress(1, 4, "builds", "building")
    made.feed(
        line(action="start", id=5, level=3, text=f"building '{RECIPE}'", type=105, fields=[RECIPE, "", 1, 1])
    )
    made.feed(line(action="result", id=5, type=104, fields=["configurePhase"]))
    assert made.snapshot() == NixProgress(1, 4, "builds", "configuring")
    made.feed(line(action="result", id=5, type=104, fields=["myOwnPhase"]))
    assert made.snapshot().phase == "building"
    made.feed(line(action="result", id=5, type=101, fields=["\u001b[31mgcc\u001b[0m"]))
    assert made.take_lines() == [f"building '{RECIPE}'", "gcc"]
    assert made.take_lines() == []


def test_downloads_count_bytes() -> None:
    made = reader(
        line(action="start", id=1, level=0, text="", type=102),
        line(action="result", id=1, type=106, fields=[101, 1000]),
        line(action="start", id=2, level=4, text="downloading", type=101),
        line(action="result", id=2, type=105, fields=[250, 600, 0, 0]),
    )
    assert made.snapshot() == NixProgress(250, 1000, "bytes", "downloading")
    made.feed(line(action="result", id=2, type=105, fields=[600, 600, 0, 0]))
    made.feed(line(action="stop", id=2))
    assert made.snapshot() == NixProgress(600, 1000, "bytes", "downloading")


def test_copied_paths_and_deleted_ones() -> None:
    made = reader(
        line(action="start", id=3, level=0, text="", type=103),
        line(action="result", id=3, type=105, fields=[2, 5, 0, 0]),
    )
    assert made.snapshot() == NixProgress(2, 5, "paths", "copying")
    made = reader(line(action="msg", level=3, msg="deleting '/nix/store/x'"), "deleting '/nix/store/y'")
    assert made.snapshot() == NixProgress(2, 0, "paths", "deleting")


def test_waiting_for_a_lock() -> None:
    made = reader(line(action="msg", level=3, msg="waiting for lock on profile '/p'"))
    assert made.snapshot().phase == "waiting"
    made.feed(BUILDS[0])
    assert not made.waits_for_lock
    assert made.lock_message.startswith("waiting for lock")


def test_errors_are_kept_with_the_end_of_the_build() -> None:
    made = reader(
        line(action="start", id=5, level=3, text="building", type=105, fields=[RECIPE, "", 1, 1]),
        *(line(action="result", id=5, type=101, fields=[f"line {number}"]) for number in range(30)),
        line(action="stop", id=5),
        line(
            action="msg",
            level=0,
            msg=f"\u001b[31;1merror:\u001b[0m builder for '{RECIPE}' failed with exit code 2",
        ),
        line(action="msg", level=5, msg="chatter"),
    )
    [error] = made.errors
    assert error.startswith(f"error: builder for '{RECIPE}' failed with exit code 2\n> line 20\n")
    assert error.endswith("> line 29")
    assert "chatter" not in made.take_lines()


@given(
    st.lists(
        st.one_of(
            st.text(),
            st.text().map("@nix ".__add__),
            st.fixed_dictionaries(
                {
                    "action": st.sampled_from(["start", "stop", "result", "msg", "other"]),
                    "id": st.one_of(st.integers(0, 3), st.none(), st.text()),
                    "type": st.one_of(st.sampled_from([100, 101, 103, 104, 105, 106]), st.none()),
                    "fields": st.one_of(st.lists(st.one_of(st.integers(), st.text()), max_size=4), st.none()),
                    "level": st.integers(-1, 7),
                    "msg": st.text(),
                    "text": st.text(),
                }
            ).map(lambda event: "@nix " + json.dumps(event)),
        ),
        max_size=30,
    )
)
def test_nothing_that_a_program_prints_breaks_it(lines: list[str]) -> None:
    made = reader(*lines)
    assert made.snapshot().phase in PHASES
    assert not any("\x1b" in one for one in made.take_lines())


def test_every_phase_has_words() -> None:
    words = Wording()
    assert [phase for phase in PHASES if not words.has(f"nix-phase-{phase}")] == []
