from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from finops.cli import cli
from finops.savings import SavingsTracker

SAMPLE = (
    *("remediate", "--kind", "ec2_rightsize"),
    *("--set", "instance_id=i-0123456789abcdef0"),
    *("--set", "current_type=t2.large", "--set", "target_type=t3.medium"),
)


Runs = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """A command on demo data, where no Terraform is installed."""
    monkeypatch.setenv("COST_SOURCE", "demo")
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "tracker.db"))
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments, catch_exceptions=False)

    return run


def test_without_a_folder_nothing_is_written(run: Runs, tmp_path: Path) -> None:
    shown = run(*SAMPLE)

    assert shown.exit_code == 0
    assert "Right-size EC2 instance i-0123456789abcdef0 from t2.large" in shown.stdout
    assert "Stops and starts; risk medium; estimated saving unknown" in shown.stdout
    assert "schema: passed." in shown.stdout
    assert "terraform: not checked. Terraform is not installed here." in shown.stdout
    assert "Nothing was written" in shown.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_written_once_and_kept_in_the_log(
    run: Runs, tmp_path: Path
) -> None:
    out = tmp_path / "changes"

    first = run(*SAMPLE, "--out", str(out))
    again = run(*SAMPLE, "--out", str(out))

    [folder] = out.iterdir()
    tracker = SavingsTracker(tmp_path / "tracker.db")
    events = [event for event in tracker.events() if event.what == "written"]
    assert folder.name == "ec2-rightsize-i-0123456789abcdef0"
    assert (folder / "main.tf").is_file()
    assert "1 change, 1 written anew." in first.stdout
    assert "1 change, 0 written anew." in again.stdout
    assert [event.changes["folder"] for event in events] == [str(folder)]


def test_what_a_person_has_edited_is_not_overwritten(run: Runs, tmp_path: Path) -> None:
    run(*SAMPLE, "--out", str(tmp_path / "changes"))
    [folder] = (tmp_path / "changes").iterdir()
    (folder / "main.tf").write_text("# mine")

    shown = run(*SAMPLE, "--out", str(tmp_path / "changes"))

    assert shown.exit_code == 1
    assert "holds something else" in shown.stderr
    assert (folder / "main.tf").read_text() == "# mine"


def test_demo_has_a_folder_for_each_quick_win_at_low_risk(
    run: Runs, tmp_path: Path
) -> None:
    shown = run("--json", "remediate", "--auto-remediate", "--out", str(tmp_path / "o"))

    changes = json.loads(shown.stdout)["changes"]
    assert len(changes) == len(list((tmp_path / "o").iterdir())) > 8
    assert {change["risk"] for change in changes} == {"low"}
    assert {change["form"] for change in changes} >= {"terraform", "runbook"}
    for change in changes:
        assert "failed" not in {check["state"] for check in change["checks"]}
        assert {path.name for path in Path(change["folder"]).iterdir()} == set(
            change["files"]
        )


def test_one_recommendation_is_written_by_its_id(run: Runs) -> None:
    found = json.loads(run("--json", "recommend").stdout)["recommendations"]
    [risky, *_] = [one for one in found if one["kind"] == "nat_idle"]

    shown = run("remediate", risky["id"])

    assert "Delete NAT gateway nat-" in shown.stdout
    assert "Deletes, by runbook; risk high" in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("abc", "--auto-remediate"),
        ("--auto-remediate", "--kind", "budget"),
        ("--auto-remediate", "--set", "a=b"),
        ("--kind", "budget", "--set", "emails"),
        ("--kind", "budget", "--set", "emails=@nowhere.json"),
    ],
)
def test_what_is_meant_has_to_be_clear(run: Runs, arguments: tuple[str, ...]) -> None:
    assert run("remediate", *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "nope"), "There is no kind of change 'nope'. The kinds are"),
        (("--kind", "budget"), "budget needs the fact monthly_limit."),
        (("ffffffff",), "There is no recommendation with the id 'ffffffff'."),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    run: Runs, arguments: tuple[str, ...], said: str
) -> None:
    shown = run("remediate", *arguments)

    assert shown.exit_code == 1
    assert said in shown.stderr


PLAN = {
    "format_version": "1.2",
    "planned_values": {},
    "resource_changes": [
        {
            "address": "aws_instance.target",
            "type": "aws_instance",
            "change": {
                "actions": ["update"],
                "importing": {"id": "i-0123456789abcdef0"},
                "before": {"instance_type": "t2.large", "tags": None},
                "after": {"instance_type": "t3.medium", "tags": None},
                "after_unknown": {"public_ip": True},
            },
        }
    ],
}


@pytest.mark.parametrize(
    ("edit", "code", "said"),
    [
        ({}, 0, "The plan does what was reviewed, and nothing else."),
        ({"instance_type": "t3.large"}, 1, "instance_type would be t3.large, not"),
        ({"tags": {"a": "b"}}, 1, "aws_instance.target: also changes tags."),
    ],
)
def test_a_plan_is_held_against_what_was_reviewed(
    run: Runs, tmp_path: Path, edit: dict[str, object], code: int, said: str
) -> None:
    files = json.loads(run("--json", *SAMPLE).stdout)["changes"][0]["files"]
    (tmp_path / "expected.json").write_text(files["expected-plan.json"])
    plan = copy.deepcopy(PLAN)
    plan["resource_changes"][0]["change"]["after"] |= edit  # type: ignore[index]
    (tmp_path / "plan.json").write_text(json.dumps(plan))

    shown = run(
        "guard-plan", str(tmp_path / "plan.json"), str(tmp_path / "expected.json")
    )

    assert shown.exit_code == code
    assert said in shown.stdout


def test_a_plan_by_another_provider_is_refused(run: Runs, tmp_path: Path) -> None:
    files = json.loads(run("--json", *SAMPLE).stdout)["changes"][0]["files"]
    (tmp_path / "expected.json").write_text(files["expected-plan.json"])
    plan = copy.deepcopy(PLAN)
    plan["resource_changes"][0]["provider_name"] = "example.com/x/aws"  # type: ignore[index]
    (tmp_path / "plan.json").write_text(json.dumps(plan))

    shown = run(
        "guard-plan", str(tmp_path / "plan.json"), str(tmp_path / "expected.json")
    )

    assert shown.exit_code == 1
    assert "is made by the provider example.com/x/aws" in shown.stdout


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"planned_values": 1'])
def test_what_is_no_plan_is_one_sentence(run: Runs, tmp_path: Path, text: str) -> None:
    files = json.loads(run("--json", *SAMPLE).stdout)["changes"][0]["files"]
    (tmp_path / "expected.json").write_text(files["expected-plan.json"])
    (tmp_path / "plan.json").write_text(text)

    shown = run(
        "guard-plan", str(tmp_path / "plan.json"), str(tmp_path / "expected.json")
    )
    swapped = run(
        "guard-plan", str(tmp_path / "expected.json"), str(tmp_path / "plan.json")
    )

    assert (shown.exit_code, swapped.exit_code) == (1, 1)
    assert "The first file is not" in shown.stderr


def test_what_was_rejected_is_not_written_down_unasked(
    run: Runs, tmp_path: Path
) -> None:
    before = json.loads(run("--json", "remediate", "--auto-remediate").stdout)
    one = before["changes"][0]["id"]
    run("savings", "reject", one, "--reason", "It goes next month.")

    after = json.loads(run("--json", "remediate", "--auto-remediate").stdout)
    named = run("remediate", one)

    assert len(after["changes"]) == len(before["changes"]) - 1
    assert one not in {change["id"] for change in after["changes"]}
    assert " is rejected already." in named.stderr


def test_a_binary_plan_is_told_of_with_the_command_that_helps(
    run: Runs, tmp_path: Path
) -> None:
    binary = tmp_path / "plan.bin"
    binary.write_bytes(b"PK\x03\x04\xff\xfe")

    judged = run("guard-plan", str(binary), str(binary))
    known = run(*SAMPLE, "--state", str(binary))

    assert judged.exit_code == known.exit_code == 1
    assert "The second file is not an expected-plan.json" in judged.stderr
    assert "terraform show -json > state.json makes it." in known.stderr
