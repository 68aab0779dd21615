"""The `finops` command."""

from __future__ import annotations

import click


@click.group()
def cli() -> None:
    """See, forecast and reduce AWS spend."""
