"""Practice stand-in for numpy: a few functions on plain lists, enough to see that the import works."""

import math

__version__ = "@version@"

pi = math.pi
e = math.e
sqrt = math.sqrt


def array(values):
    """Return the values as a list."""
    return list(values)


def arange(*bounds):
    """Return the whole numbers between the bounds as a list."""
    return list(range(*bounds))


def zeros(count):
    """Return a list of that many zeros."""
    return [0.0] * count


def linspace(first, last, count=50):
    """Return evenly spaced numbers from the first to the last."""
    if count == 1:
        return [float(first)]
    step = (last - first) / (count - 1)
    return [first + step * number for number in range(count)]


def mean(values):
    """Return the arithmetic mean."""
    return math.fsum(values) / len(values)


def dot(left, right):
    """Return the sum of the products, pair by pair."""
    return math.fsum(a * b for a, b in zip(left, right, strict=True))
