"""The tools about what could be saved, and how that is done safely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from finops.mcp.answers import (
    ChangeFiles,
    RecommendationAnswer,
    RecommendationRow,
    cents,
)
from finops.mcp.desk import Desk
from finops.periods import DAY
from finops.remediation import change_for, selecting
from finops.remediation.change import ACTION_CLASSES
from finops.workspace.recommendations import statuses, still_to_save

Least = Annotated[
    float, Field(ge=0, description="The least a month, in the bill's currency.")
]

FindingId = Annotated[str, Field(description="The id of a recommendation.")]

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class SavingTools:
    """What could be saved; nothing is ever carried out."""

    desk: Desk

    def recommendations(self, min_savings: Least = 0.0) -> RecommendationAnswer:
        """What could be saved a month, the largest first.

        Do not add the rows: some exclude each other. `total_a_month` counts them
        once, and leaves out what is done or rejected.
        """
        found = self.desk.recommend(self.desk.recent())
        status = statuses(found.found, self.desk.tracker)
        counted = still_to_save(found.found, status, currency=found.currency)
        shown = [
            one
            for one in found.found
            if (one.estimated_monthly_savings or 0.0) >= min_savings
        ]
        return RecommendationAnswer(
            counted=self.desk.counted(found.scope, found.currency, found.costs),
            total_a_month=cents(sum(counted.values())),
            recommendations=[
                RecommendationRow(
                    id=one.fingerprint,
                    kind=one.kind,
                    action=one.action,
                    title=one.title,
                    account=one.account,
                    region=one.region,
                    resource_id=one.resource_id,
                    savings_a_month=None
                    if one.estimated_monthly_savings is None
                    else cents(one.estimated_monthly_savings),
                    risk=one.risk,
                    effort=one.effort,
                    status=status[one.fingerprint],
                    evidence=[f"{fact.label}: {fact.text}" for fact in one.evidence],
                )
                for one in shown[:MOST]
            ],
            rows_left_out=max(len(shown) - MOST, 0),
        )

    def terraform_for(self, finding_id: FindingId) -> ChangeFiles:
        """The Terraform or the runbook of one recommendation, as text to review.

        Nothing is written or applied. A person runs it, after reading its README.
        """
        found = self.desk.recommend(self.desk.recent())
        [one] = selecting.by_id(found.found, [finding_id])
        change = change_for(one, today=self.desk.space.as_of + DAY)
        procedure = change.procedure
        return ChangeFiles(
            id=one.fingerprint,
            kind=change.kind,
            form=change.form,
            action_class=ACTION_CLASSES[procedure.action_class],
            effect=procedure.effect,
            files=dict(change.files),
        )
