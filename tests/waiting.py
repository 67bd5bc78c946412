"""Waiting for a condition instead of sleeping for a while."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

Value = TypeVar("Value")

STEP_SECONDS = 0.01
LONGEST_STEP_SECONDS = 0.1


class NeverCameTrueError(AssertionError):
    """What was waited for did not happen in time."""


def wait_until(condition: Callable[[], Value], what: str, timeout_seconds: float = 10.0) -> Value:
    """Ask until the condition's value is true, and return that value; steps grow from 10 to 100 ms."""
    deadline = time.monotonic() + timeout_seconds
    step, pause = STEP_SECONDS, Event()
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise NeverCameTrueError(f"waited {timeout_seconds} s in vain until {what}")
        pause.wait(step)
        step = min(step * 1.5, LONGEST_STEP_SECONDS)
    return value


def is_true(condition: Callable[[], object], timeout_seconds: float) -> bool:
    """Tell whether the condition came true in time."""
    try:
        wait_until(condition, "it is true", timeout_seconds)
    except NeverCameTrueError:
        return False
    return True
