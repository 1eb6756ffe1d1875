"""Random edits; ``python -m tests.lsp.torture`` makes more of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.torture import torture


@pytest.mark.parametrize("seed", [1, 100_000])
def test_random_edits(seed: int, record_property: Any) -> None:
    record_property("figures", f"language server: {torture(250, seed)}")
