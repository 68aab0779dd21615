"""What a change is written from: facts that are checked before they are used.

Each kind of change has a model of its own. An id that does not look like one is
refused here, so that nothing else needs to distrust it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from finops import formats
from finops.errors import FactsError
from finops.recommendations import Risk
from finops.remediation.hcl import exact

HEXADECIMAL: Final = "[0-9a-f]{8,17}"

AccountId = Annotated[str, Field(pattern="^[0-9]{12}$")]
Region = Annotated[str, Field(pattern="^[a-z]{2}(-[a-z]+)+-[0-9]$")]
InstanceId = Annotated[str, Field(pattern=f"^i-{HEXADECIMAL}$")]
VolumeId = Annotated[str, Field(pattern=f"^vol-{HEXADECIMAL}$")]
SnapshotId = Annotated[str, Field(pattern=f"^snap-{HEXADECIMAL}$")]
AllocationId = Annotated[str, Field(pattern=f"^eipalloc-{HEXADECIMAL}$")]
GatewayId = Annotated[str, Field(pattern=f"^nat-{HEXADECIMAL}$")]
VpcId = Annotated[str, Field(pattern=f"^vpc-{HEXADECIMAL}$")]
RouteTableId = Annotated[str, Field(pattern=f"^rtb-{HEXADECIMAL}$")]
InstanceType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*\.[a-z0-9-]+$")]
DatabaseClass = Annotated[str, Field(pattern=r"^db\.[a-z][a-z0-9-]*\.[a-z0-9-]+$")]
DatabaseName = Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9-]{0,62}$")]
BucketName = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
LogGroupName = Annotated[str, Field(pattern="^[.A-Za-z0-9_/#-]{1,512}$")]
RepositoryName = Annotated[str, Field(pattern="^[a-z0-9]+([._/-]+[a-z0-9]+)*$")]
TableName = Annotated[str, Field(pattern="^[A-Za-z0-9_.-]{3,255}$")]
FunctionName = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]
RoleArn = Annotated[
    str, Field(pattern="^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$")
]
LoadBalancerArn = Annotated[
    str,
    Field(
        pattern="^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:"
        "loadbalancer/(app|net|gwy)/[A-Za-z0-9/-]+$"
    ),
]
Email = Annotated[str, Field(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]+$")]
ExactName = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(exact)]
"""A name with any characters that has to reach AWS unchanged."""


def _split(given: object) -> object:
    return given.split(",") if isinstance(given, str) else given


LISTED: Final = BeforeValidator(_split)
"""Several of them may be typed with commas in between."""


class Facts(BaseModel):
    """What every change may know, whatever its kind.

    Attributes:
        account: The account's name as it is shown.
        reason: Why, in the words of who found it.
        estimated_monthly_savings: None where nobody knows.
        tags: The object's tags, which tell who else manages it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    account_id: AccountId | None = None
    account: str = ""
    region: Region | None = None
    reason: str = ""
    estimated_monthly_savings: float | None = Field(default=None, allow_inf_nan=False)
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"
    risk: Risk | None = None
    tags: Mapping[str, str] = Field(default_factory=dict)

    @property
    def saving(self) -> str:
        """The estimate as it is shown."""
        amount = formats.money(self.estimated_monthly_savings, self.currency)
        return amount if self.estimated_monthly_savings is None else f"{amount} a month"


F = TypeVar("F", bound=Facts)


def checked(model: type[F], given: Mapping[str, Any], *, kind: str) -> F:
    """The facts of a change, each of them as it should be.

    Raises:
        FactsError: If one is missing, unknown or malformed.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"])) or "facts"
        raise FactsError(_what(kind, name, first), hint=_known(model)) from error


def _what(kind: str, name: str, first: Mapping[str, Any]) -> str:
    given = f": {first['input']!r}" if isinstance(first["input"], str) else ""
    match first["type"]:
        case "missing":
            return f"{kind} needs the fact {name}."
        case "extra_forbidden":
            return f"{kind} knows no fact {name}."
        case "value_error":
            return f"{kind} cannot be written: {first['ctx']['error']}."
        case "string_pattern_mismatch":
            return f"{name} does not look like one{given}."
    return f"{name} is not right: {first['msg']}{given}."


def _known(model: type[Facts]) -> str:
    fields = model.model_fields
    needed = [name for name, field in fields.items() if field.is_required()]
    own = [name for name in fields if name not in Facts.model_fields]
    options = [name for name in own if name not in needed]
    also = f" It can use {', '.join(options)}." if options else ""
    return f"It needs {', '.join(needed) or 'nothing'}.{also}"
