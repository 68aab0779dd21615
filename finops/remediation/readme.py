"""The README of a change: what a person reads before it is run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from finops import formats
from finops.remediation.change import ACTION_CLASSES, Form, Procedure
from finops.remediation.facts import Facts
from finops.remediation.markdown import words

RUN: Mapping[Form, str] = {
    "terraform": """\
Nothing here runs by itself. In this folder, with credentials of the account:

```sh
terraform init
terraform plan -out plan.bin
terraform show -json plan.bin > plan.json
python -m finops guard-plan plan.json expected-plan.json
```

`guard-plan` compares the plan with what was reviewed. Only if it agrees:

```sh
terraform apply plan.bin
```
""",
    "patch": """\
This object is in your own Terraform already. Make the lines of
change.tf.example part of that resource in your code, then plan as you always
do, and let the plan be compared with what was reviewed:

```sh
terraform plan -out plan.bin
terraform show -json plan.bin > plan.json
python -m finops guard-plan plan.json expected-plan.json
```

Apply it only if `guard-plan` agrees.
""",
    "runbook": """\
The script changes nothing unless it is told to. With credentials of the
account, look first, then run it:

```sh
bash runbook.sh
bash runbook.sh --run
```
""",
    "advice": "There is nothing to run here.\n",
}


def readme(
    procedure: Procedure, facts: Facts, form: Form, today: date, *, release: bool
) -> str:
    """The text of README.md."""
    parts = [
        f"# {procedure.title}",
        _about(procedure, facts, form, today),
        f"## What happens\n\n{procedure.effect}",
        f"## Check first\n\n{_steps(procedure.before)}",
        f"## Run it\n\n{RUN[form].strip()}",
        f"## See that it worked\n\n{_steps(procedure.after)}",
        f"## The way back\n\n{_steps(procedure.way_back)}",
    ]
    if release:
        parts.append(
            "## Afterwards\n\nKeep the state file until you let go of the object: "
            "step2-release.tf.example says how."
        )
    return "\n\n".join(parts) + "\n"


NOT_TOLD: Mapping[Form, str] = {
    "terraform": "asked for",
    "patch": "that of your Terraform",
    "runbook": "that of your credentials",
    "advice": formats.UNKNOWN,
}
"""Which account and region it is, where the facts do not say."""


def _about(procedure: Procedure, facts: Facts, form: Form, today: date) -> str:
    rows = [
        ("Action", ACTION_CLASSES[procedure.action_class]),
        ("Account", words(facts.account or facts.account_id or NOT_TOLD[form])),
        ("Region", facts.region or NOT_TOLD[form]),
        ("Estimated saving", facts.saving),
        ("Risk", facts.risk or formats.UNKNOWN),
        ("Why", words(facts.reason) or "see the recommendation"),
        ("Written", formats.day(today)),
    ]
    lines = [f"| {name} | {text} |" for name, text in rows]
    return "\n".join(["| | |", "|---|---|", *lines])


def _steps(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)
