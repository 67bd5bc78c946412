"""The delays between tries to connect."""

import random

import pytest

from nixforhumanity.client.backoff import Backoff


@pytest.mark.parametrize("seed", range(20))
def test_delays_double_from_20_ms_to_5_s_and_begin_anew(seed: int) -> None:
    backoff = Backoff(random.Random(seed))
    delays = [backoff.next_seconds() for _ in range(40)]
    for number, delay in enumerate(delays[:8]):
        assert 0.8 * 0.02 * 2**number <= delay <= 1.2 * 0.02 * 2**number
    assert all(4.0 <= delay <= 5.0 for delay in delays[9:])
    backoff.begin_anew()
    assert backoff.next_seconds() <= 0.024


def test_two_windows_do_not_knock_together() -> None:
    delays = {round(Backoff().next_seconds(), 9) for _ in range(20)}
    assert len(delays) > 1
