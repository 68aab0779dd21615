"""How long fifty accounts take, and what they cost, at 300 ms a request.

Run it with `python -m benchmarks.accounts`. The double of AWS runs in a process
of its own and does not check its answers, so that its work is not counted as
ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from finops.accounts import Account, parse_accounts
from finops.aws.sessions import Sessions
from finops.focus import CostQuery
from finops.periods import ChargePeriod
from finops.sources.cost_explorer import open_cost_explorer

ACCOUNTS = 50
DAYS = 54
LATENCY = 0.3

FAKE = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@contextmanager
def aws() -> Iterator[tuple[str, str]]:
    """The double's address and its AWS_ACCOUNTS, while the block lasts."""
    size = [
        f"--accounts={ACCOUNTS}",
        f"--days={DAYS}",
        f"--latency={LATENCY}",
        "--unchecked",
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.double", *size],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as double:
        told, until = double.stdout, double.stdin
        if told is None or until is None:
            return
        url, accounts = (told.readline().strip() for _ in range(2))
        yield url, accounts.removeprefix("AWS_ACCOUNTS=")
        until.close()


def measure(name: str, accounts: tuple[Account, ...], *, payer: str = "") -> None:
    """Open the accounts, ask once, and print the seconds and the requests."""
    requests: list[float] = []
    today = datetime.now(UTC).date()
    begun = time.perf_counter()
    source = open_cost_explorer(
        accounts,
        sessions=Sessions(),
        today=today,
        payer=payer,
        on_request=lambda _: requests.append(time.perf_counter()),
    )
    costs = source.costs(
        CostQuery(
            period=ChargePeriod.last_days(DAYS, as_of=today),
            group_by=("SubAccountName", "ServiceName"),
        )
    )
    seconds = time.perf_counter() - begun
    read = costs.table["SubAccountName"].nunique()
    print(f"{name}: {seconds:.1f} s, {len(requests)} paid requests, {read} accounts")


with aws() as (url, setting):
    os.environ.update(FAKE, AWS_ENDPOINT_URL=url)  # noqa: TID251  nothing real is reached
    for _ in range(2):
        measure("Member by member", parse_accounts(setting))
        measure("Through the payer", (Account(name="payer"),), payer="payer")
