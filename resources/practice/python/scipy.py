"""Practice stand-in for scipy: a few functions, enough to see that the import works."""

import math

__version__ = "@version@"

speed_of_light = 299_792_458.0


def integrate(function, low, high, steps=1000):
    """Return the integral by Simpson's rule; `steps` is even."""
    width = (high - low) / steps
    inner = math.fsum(function(low + width * n) * (4 if n % 2 else 2) for n in range(1, steps))
    return (function(low) + inner + function(high)) * width / 3


def bisect(function, low, high):
    """Return a root between the bounds, where the function changes its sign."""
    if function(low) * function(high) > 0:
        raise ValueError("f(a) and f(b) must have different signs")
    for _ in range(200):
        middle = (low + high) / 2
        if function(low) * function(middle) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2
