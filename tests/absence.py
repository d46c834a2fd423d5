"""What a test does without a thing it needs: skip at home, fail on the build machine."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(reason: str) -> NoReturn:
    """Skip with the reason; fail where CI is set, so that nothing goes unproven there."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
