"""One AWS account to read, and the way in to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One entry of AWS_ACCOUNTS.

    With a `role_arn` the role is assumed; with a `profile` that profile of
    ~/.aws/config is used; with neither, whatever credentials AWS finds.

    Attributes:
        name: What to call the account everywhere.
        account_id: Known beforehand only for a role.
        external_id: The shared secret of the role's trust policy; not shown.
        via: The profile that assumes the role; None is what AWS finds.
        duration: Seconds that an assumed role lasts; None is an hour.
    """

    name: str
    profile: str | None = None
    role_arn: str | None = None
    account_id: str | None = None
    partition: str = "aws"
    external_id: str | None = field(default=None, repr=False)
    via: str | None = None
    session_name: str | None = None
    region: str | None = None
    duration: int | None = None

    @property
    def way_in(self) -> tuple[str, str]:
        """What two entries for the same credentials share."""
        if self.role_arn:
            return "role", self.role_arn
        return "profile", self.profile or ""
