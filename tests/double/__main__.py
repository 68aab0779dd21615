"""Run the double by itself: `python -m tests.double --accounts 3`.

Its address is on the first line, the matching AWS_ACCOUNTS on the second. It
runs until its input is closed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from tests.double.company import account_ids, account_names, accounts_setting, company
from tests.double.server import running


@click.command()
@click.option("--accounts", default=3, help="How many accounts have costs.")
@click.option("--days", default=400, help="How many days of history.")
@click.option("--denied", multiple=True, help="Accounts that refuse their costs.")
@click.option("--latency", default=0.0, help="Seconds that every request takes.")
@click.option("--page-groups", default=5000, help="Groups on a page.")
@click.option("--unchecked", is_flag=True, help="Do not check answers' shapes.")
@click.option("--port", default=0, help="0 takes a free one.")
@click.option("--now", type=click.DateTime(), help="The time by AWS's clock.")
def double(
    *,
    accounts: int,
    days: int,
    denied: tuple[str, ...],
    latency: float,
    page_groups: int,
    unchecked: bool,
    port: int,
    now: datetime | None,
) -> None:
    """Answer as AWS does, on this machine."""
    clock = now.replace(tzinfo=UTC) if now else datetime.now(UTC)
    world = company(accounts=accounts, days=days, now=clock)
    world.denied = {("ce", account) for account in denied}
    world.latency, world.page_groups = latency, page_groups
    world.checked = not unchecked
    with running(world, port=port) as url:
        click.echo(url)
        setting = accounts_setting(account_ids(accounts), account_names(accounts))
        click.echo(f"AWS_ACCOUNTS={setting}")
        sys.stdin.read()
    world.items.close()


double()
