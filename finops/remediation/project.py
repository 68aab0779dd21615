"""The files of a Terraform project for one change.

It is a project of its own: it takes in the existing object, changes it, and is
let go of again, so that it needs no Terraform at the user's before or after.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from finops import formats
from finops.remediation.change import Project
from finops.remediation.facts import Facts
from finops.remediation.hcl import Block, Call, Reference, Value, render
from finops.remediation.markdown import plain

VERSIONS: Final = Block(
    "terraform",
    (),
    {"required_version": ">= 1.7"},
    (
        Block(
            "required_providers",
            (),
            {"aws": {"source": "hashicorp/aws", "version": "~> 6.0"}},
        ),
    ),
)
"""Import blocks with expressions and `removed` came with Terraform 1.7."""

CALLER: Final = Block(
    "data",
    ("aws_caller_identity", "current"),
    comment="Tells guard-plan which account the plan was made in.",
)

ACCOUNT_VARIABLE: Final = Block(
    "variable",
    ("account_id",),
    {
        "type": Reference("string"),
        "description": "The account of the object; every other one is refused.",
    },
    (
        Block(
            "validation",
            (),
            {
                "condition": Call(
                    "can",
                    (Call("regex", ("^[0-9]{12}$", Reference("var.account_id"))),),
                ),
                "error_message": "An account id has 12 digits.",
            },
        ),
    ),
)

REGION_VARIABLE: Final = Block(
    "variable",
    ("region",),
    {
        "type": Reference("string"),
        "description": "The region of the object, such as eu-west-1.",
    },
)

RELEASE_HEAD: Final = """Step 2, once the change is applied and checked: stop managing it here.

Put this in place of main.tf, then plan and apply once more. Terraform
forgets the object and leaves it as it is; then the folder can go."""


def documents(project: Project, facts: Facts, today: date) -> dict[str, str]:
    """The code of `project` by file name."""
    files = {
        "main.tf": render(
            main_blocks(project, facts), head=_head(project, facts, today)
        )
    }
    if _taken_in(project):
        files["step2-release.tf.example"] = render(
            release_blocks(project, facts), head=RELEASE_HEAD
        )
    return files


def main_blocks(project: Project, facts: Facts) -> tuple[Block, ...]:
    """All blocks of main.tf."""
    return (*_surroundings(facts), CALLER, *project.blocks, *_outputs(project, facts))


def release_blocks(project: Project, facts: Facts) -> tuple[Block, ...]:
    """The blocks that let go of what was imported."""
    forgotten = [
        Block(
            "removed",
            (),
            {"from": Reference(address)},
            (Block("lifecycle", (), {"destroy": False}),),
        )
        for address in _taken_in(project)
    ]
    return (*_surroundings(facts), *forgotten)


def _taken_in(project: Project) -> list[str]:
    """The addresses of objects that existed before."""
    return [
        to.path
        for block in project.blocks
        if block.type == "import"
        and isinstance(to := block.attributes["to"], Reference)
    ]


def _surroundings(facts: Facts) -> tuple[Block, ...]:
    """Versions and provider: this account and region, or none."""
    account: Value = facts.account_id or Reference("var.account_id")
    region: Value = facts.region or Reference("var.region")
    provider = Block(
        "provider",
        ("aws",),
        {"region": region, "allowed_account_ids": [account]},
        comment="Terraform refuses to touch any other account.",
    )
    asked = [
        *([] if facts.account_id else [ACCOUNT_VARIABLE]),
        *([] if facts.region else [REGION_VARIABLE]),
    ]
    return (VERSIONS, *asked, provider)


def _outputs(project: Project, facts: Facts) -> tuple[Block, ...]:
    estimate = facts.estimated_monthly_savings
    saving: Value = formats.UNKNOWN if estimate is None else round(estimate, 2)
    return (
        Block(
            "output",
            ("change",),
            {"description": "From what to what.", "value": project.step},
        ),
        Block(
            "output",
            ("estimated_monthly_savings",),
            {"description": f"A month, in {facts.currency}.", "value": saving},
        ),
    )


def _head(project: Project, facts: Facts, today: date) -> str:
    procedure = project.procedure
    reason = [f"Why: {facts.reason}"] if facts.reason else []
    return "\n".join(
        [
            plain(procedure.title),
            "",
            *(" ".join(line.split()) for line in reason),
            f"Estimated saving: {facts.saving}",
            f"Risk: {facts.risk}. {plain(procedure.effect)}",
            f"Written on {formats.day(today)} by finops. Nothing has been applied.",
            "",
            "README.md says what to check first, and how to go back.",
        ]
    )
