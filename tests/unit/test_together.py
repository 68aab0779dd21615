from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from finops.analysis.cost_table import conform
from finops.errors import (
    CredentialsError,
    DimensionUnavailableError,
    FinOpsError,
    Problem,
    SourceError,
    SpendingLimitError,
)
from finops.focus import CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.sources.together import Together

OCTOBER = ChargePeriod(date(2026, 10, 1), date(2026, 11, 1))

BY_SERVICE = CostQuery(period=OCTOBER, granularity="total", group_by=("ServiceName",))

READ_AT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Fake:
    """A source with one service, which costs `cost`; or an error."""

    cost: float | None = 1.0
    error: FinOpsError | None = None
    extent: ChargePeriod = OCTOBER
    read_at: datetime | None = READ_AT
    notes: tuple[str, ...] = ("Net.",)
    problems: tuple[Problem, ...] = ()
    dimensions: tuple[str, ...] = ("SubAccountId", "ServiceName")
    restated_days: int = 2
    name: str = "fake"

    def estimated_requests(self, query: CostQuery) -> int:
        return 3 if query == BY_SERVICE else 0

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        progress(self.name, "reading")
        if self.error:
            raise self.error
        rows = {"ServiceName": ["EC2"], "BillingCurrency": ["USD"]}
        table = pd.DataFrame(rows).assign(BilledCost=self.cost)
        filled = table if self.cost is not None else table[:0]
        return Costs(
            conform(filled, query),
            query,
            problems=self.problems,
            read_at=self.read_at,
            notes=self.notes,
        )


def denied(reason: str) -> CredentialsError:
    return CredentialsError(reason, hint="Sign in.")


def test_the_answers_are_added_up() -> None:
    costs = Together({"a": Fake(1.5), "b": Fake(2.0), "c": Fake(None)}).costs(
        BY_SERVICE
    )

    [row] = costs.table.itertuples()
    assert row.BilledCost == 3.5
    assert costs.table["EffectiveCost"].isna().all()
    assert costs.complete


def test_nothing_at_all_is_an_empty_answer() -> None:
    costs = Together({"a": Fake(None)}).costs(BY_SERVICE)

    assert costs.table.empty
    assert list(costs.table) == [
        "ServiceName",
        "BillingCurrency",
        "BilledCost",
        "EffectiveCost",
        "ListCost",
    ]


def test_a_failure_is_a_problem_and_the_rest_is_answered() -> None:
    together = Together({"a": Fake(1.5), "b": Fake(error=denied("No keys."))})

    costs = together.costs(BY_SERVICE)

    [problem] = costs.problems
    assert problem == Problem("b", "credentials", "No keys.", "Sign in.")
    assert costs.table["BilledCost"].sum() == 1.5


def test_what_is_missing_beforehand_stays_missing() -> None:
    told: list[tuple[str, str]] = []
    lost = Problem("b", "configuration", "Listed twice.")
    together = Together({"a": Fake(problems=(Problem("c", "x", "Old."),))}, (lost,))

    costs = together.costs(
        BY_SERVICE, progress=lambda account, state: told.append((account, state))
    )

    assert [problem.account for problem in costs.problems] == ["b", "c"]
    assert told[0] == ("b", "Listed twice.")


def test_when_all_fail_one_error_says_why_each_did() -> None:
    together = Together(
        {"a": Fake(error=denied("No keys.")), "b": Fake(error=denied("Keys dead."))},
        (Problem("c", "configuration", "Listed twice.", "Remove it."),),
    )

    with pytest.raises(SourceError) as error:
        together.costs(BY_SERVICE)

    assert str(error.value) == (
        "No account could be read. c: Listed twice. a: No keys. b: Keys dead."
    )
    assert error.value.hint == "Remove it. Sign in."


def test_when_all_fail_alike_that_error_is_raised() -> None:
    limit = SpendingLimitError("The daily limit is reached.")

    with pytest.raises(SpendingLimitError):
        Together({"a": Fake(error=limit), "b": Fake(error=limit)}).costs(BY_SERVICE)


def test_a_wrong_question_is_no_accounts_problem() -> None:
    wrong = DimensionUnavailableError("ResourceId", source="b", known=[])

    with pytest.raises(DimensionUnavailableError):
        Together({"a": Fake(), "b": Fake(error=wrong)}).costs(BY_SERVICE)


def test_no_source_at_all_says_so() -> None:
    with pytest.raises(SourceError, match="no account to read"):
        Together({}).costs(BY_SERVICE)
    with pytest.raises(SourceError, match="b: Listed twice"):
        _ = Together({}, (Problem("b", "x", "Listed twice."),)).extent


def test_a_note_says_whose_it_is_unless_all_share_it() -> None:
    together = Together({"a": Fake(), "b": Fake(notes=("Net.", "Late."))})

    assert together.costs(BY_SERVICE).notes == ("Net.", "b: Late.")


def test_the_answer_is_as_old_as_its_oldest_part() -> None:
    earlier = datetime(2026, 10, 31, tzinfo=UTC)
    together = Together(
        {"a": Fake(), "b": Fake(read_at=earlier), "c": Fake(read_at=None)}
    )

    assert together.costs(BY_SERVICE).read_at == earlier
    assert Together({"a": Fake(read_at=None)}).costs(BY_SERVICE).read_at is None


def test_together_they_know_what_each_knows() -> None:
    longer = ChargePeriod(date(2026, 9, 1), date(2026, 10, 20))
    other = Fake(extent=longer, dimensions=("ServiceName", "RegionId"), restated_days=0)

    together = Together({"a": Fake(), "b": other})

    assert together.dimensions == ("ServiceName",)
    assert together.extent == ChargePeriod(date(2026, 9, 1), date(2026, 11, 1))
    assert together.restated_days == 2
    assert together.estimated_requests(BY_SERVICE) == 6
    assert Together({}).dimensions == ()
