"""What the assistant's tools take; nothing else is let in."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

GroupBy = Literal["account", "service", "region", "usage_type", "resource"]


class Strict(BaseModel):
    """Arguments of a tool, and no others."""

    model_config = ConfigDict(extra="forbid")


class CostsAsked(Strict):
    """What `costs` takes."""

    group_by: GroupBy
    days: int = Field(ge=1, le=366, description="How many days, up to the last known.")
    only_account: str | None = Field(description="An account's name, or null for all.")
    only_service: str | None = Field(description="A service's name, or null for all.")


class ChangesAsked(Strict):
    """What `changes` takes."""

    group_by: GroupBy
    days: int = Field(ge=1, le=183, description="Compared with as many days before.")


class DaysAsked(Strict):
    """What `anomalies` takes."""

    days: int = Field(ge=1, le=183, description="How many days, up to the last known.")


class ForecastAsked(Strict):
    """What `forecast` takes."""

    days: int = Field(ge=7, le=90, description="How many days to look ahead.")
