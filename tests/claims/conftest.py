from __future__ import annotations

import pytest

from monitor.mentions import Lexicon, shipped


@pytest.fixture(scope="session")
def watchlists() -> Lexicon:
    return shipped()
