"""The catalogue: what each request of ours stands for where only the first catalogue is known."""

import pytest

from nixforhumanity.core.catalogue import RequestKind, catalogue

OURS = [kind for kind in catalogue().values() if kind.stands_for]


def test_requests_of_ours_are_marked() -> None:
    assert {kind.name for kind in OURS} == {
        "package_licence", "package_version", "how_to_start", "last_change", "what_was_deleted",
        "plan_safety", "plan_duration", "text_size",
    }  # fmt: skip


@pytest.mark.parametrize("kind", OURS, ids=[kind.name for kind in OURS])
def test_it_stands_for_a_request_that_is_fixed_and_as_harmless(kind: RequestKind) -> None:
    fixed = catalogue()[kind.fixed_name]
    assert fixed.stands_for == ""
    assert fixed.effect.value in ("read", "dialogue")


def test_own_slots_are_slots() -> None:
    ours = {(kind.name, slot.name) for kind in catalogue().values() for slot in kind.slots if slot.ours}
    assert ours == {("install_package", "version"), ("help", "area")}
    assert all(not slot.required for kind in catalogue().values() for slot in kind.slots if slot.ours)
