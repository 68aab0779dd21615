from __future__ import annotations

from tests.double.plugin import aws

__all__ = ["aws"]
