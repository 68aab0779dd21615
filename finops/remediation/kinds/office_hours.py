"""When people work: what both office hours kinds are told."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from finops.remediation.facts import Facts

Hour = Annotated[int, Field(ge=0, le=23)]

TimeZone = Annotated[str, Field(pattern="^[A-Za-z]+(/[A-Za-z_+-]+[0-9]*)*$")]


class OfficeHours(Facts):
    """From which hour to which, Monday to Friday.

    Unless told they are the 50 hours a week that the estimate is for.
    """

    start_hour: Hour = 8
    stop_hour: Hour = 18
    timezone: TimeZone = "UTC"

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        if self.start_hour >= self.stop_hour:
            msg = f"{self.stop_hour}:00 is not after {self.start_hour}:00"
            raise ValueError(msg)
        return self

    @property
    def hours(self) -> str:
        """The hours in words."""
        return (
            f"{self.start_hour}:00 to {self.stop_hour}:00 {self.timezone}, Monday to "
            "Friday"
        )
