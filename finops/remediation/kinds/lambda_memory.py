"""Less memory for a Lambda function that does not use it."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, FunctionName
from finops.remediation.kinds.kind import Kind

Memory = Annotated[int, Field(ge=128, le=10_240)]


class LambdaMemory(Facts):
    """Which function, from how many MB to how many."""

    function_name: FunctionName
    current_memory: Memory
    target_memory: Memory

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.current_memory == self.target_memory:
            msg = f"the function has {self.target_memory} MB already"
            raise ValueError(msg)
        return self


def write(facts: LambdaMemory) -> Runbook:
    """Looks what it has, and sets it.

    A runbook and not Terraform: to import a function, Terraform wants a package
    of its code.
    """
    which, old, new = facts.function_name, facts.current_memory, facts.target_memory
    return Runbook(
        procedure=Procedure(
            title=f"Give Lambda function {which} {new} MB instead of {old} MB",
            action_class="in_place",
            effect=(
                "Invocations from then on have less memory, and less processor in "
                "the same measure: they may take longer. None is cut short."
            ),
            before=(
                f"`Max Memory Used` in its log stays well below {new} MB.",
                "Its time-out leaves room for a slower run.",
                "AWS Lambda Power Tuning finds the cheapest size for it.",
            ),
            after=("Duration and errors are as expected over the next day.",),
            way_back=(
                "`aws lambda update-function-configuration --function-name "
                f"{which} --memory-size {old}`.",
            ),
        ),
        script="lambda_memory",
        values={
            "function": which,
            "reviewed_memory": str(old),
            "target_memory": str(new),
        },
    )


KIND: Final = Kind(
    name="lambda_memory",
    facts=LambdaMemory,
    write=write,
    risk="medium",
    identity="function_name",
    resource_type="aws_lambda_function",
)
