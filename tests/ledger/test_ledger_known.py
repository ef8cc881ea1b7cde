"""The store in memory keeps the contract that the real one keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.known import CHECKS
from tests.fakes.known import MemoryNews

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ports import NewsStore


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_memory_keeps_the_contract(check: Callable[[NewsStore], None]) -> None:
    check(MemoryNews())
