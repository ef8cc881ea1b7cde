"""How the cost of some work grows with its input, as a ratio within one run: no machine is too slow for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T", str, bytes)

FACTOR = 8
"""How much more input the second measurement has."""
ALLOWANCE = 4.5
"""For collections and the caches of the machine, which a long input outgrows; work that grows with the square of its
input takes `FACTOR` times its share."""
MEASURABLE = 0.01
"""Seconds of CPU below which chance decides; a faster machine gets more input."""
LONGEST = 1 << 18
"""Code points or bytes of the first input."""
TRIES = 4


def is_linear(work: Callable[[T], object], make: Callable[[int], T], start: int = 16) -> bool:
    """Whether `FACTOR` times the input costs at most `FACTOR * ALLOWANCE` times the CPU.

    `make(n)` gives an input whose length grows with n. Other programs can spoil a try; growth spoils them all.
    """
    work(make(start))
    count = start
    while _spent(work, make(count)) < MEASURABLE and len(make(2 * count)) <= LONGEST:
        count *= 2
    small, large = make(count), make(FACTOR * count)
    return any(_spent(work, large) < FACTOR * ALLOWANCE * _spent(work, small) for _ in range(TRIES))


def _spent(work: Callable[[T], object], given: T) -> float:
    before = time.process_time()
    work(given)
    return max(time.process_time() - before, 1e-6)
