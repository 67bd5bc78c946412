"""The rate limit."""

from nixforhumanity.server.limits import RateLimit


def test_it_refills_steadily_up_to_one_second() -> None:
    now = 100.0
    rate = RateLimit(60, lambda: now)
    assert [rate.take() for _ in range(61)] == [True] * 60 + [False]
    now += 0.5
    assert [rate.take() for _ in range(31)] == [True] * 30 + [False]
    now += 3600
    assert sum(rate.take() for _ in range(100)) == 60
