from __future__ import annotations

import ast
import inspect
import re
from decimal import Decimal
from pathlib import Path

import pytest

from finops import settings
from finops.errors import ConfigurationError
from finops.settings import Settings

ENV_EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_without_settings_the_app_shows_its_demo() -> None:
    chosen = Settings.from_env({})

    assert chosen == Settings()
    assert chosen.kind == "demo"


def test_accounts_make_aws_the_source() -> None:
    chosen = Settings.from_env({"AWS_ACCOUNTS": "default:default"})

    assert chosen.kind == "aws"
    assert chosen.accounts == "default:default"


def test_a_source_that_is_named_wins_over_accounts() -> None:
    environ = {"AWS_ACCOUNTS": "default:default", "COST_SOURCE": "exports/*.parquet"}

    chosen = Settings.from_env(environ)

    assert chosen.kind == "bill"
    assert chosen.source == "exports/*.parquet"


@pytest.mark.parametrize(("text", "kind"), [("Demo", "demo"), ("AWS", "aws")])
def test_the_words_for_a_source_are_read_in_any_case(text: str, kind: str) -> None:
    assert Settings.from_env({"COST_SOURCE": text}).kind == kind


def test_every_setting_is_read() -> None:
    environ = {
        "COST_SOURCE": "aws",
        "AWS_ACCOUNTS": "prod:prod-profile,dev:dev-profile",
        "AWS_PAYER": "prod",
        "AWS_ROLE_NAME": "CostAnalyzer",
        "AWS_ACCOUNTS_STRICT": "no",
        "COST_METRIC": "BilledCost",
        "COST_EXPLORER_DAILY_LIMIT": "$0.25",
        "FINOPS_CACHE_DIR": "/var/cache/finops",
        "FINOPS_READ_ONLY": "TRUE",
        "SAVINGS_DB": "/srv/savings.db",
        "ANTHROPIC_API_KEY": "sk-ant-\n1 ",
        "AI_PROVIDER": "Anthropic",
        "AI_MODEL": "claude-opus-5-5",
        "AI_DAILY_LIMIT": "2.50",
    }

    chosen = Settings.from_env(environ)

    assert chosen == Settings(
        source="aws",
        accounts="prod:prod-profile,dev:dev-profile",
        payer="prod",
        role_name="CostAnalyzer",
        accounts_strict=False,
        metric="BilledCost",
        daily_limit=Decimal("0.25"),
        cache_dir=Path("/var/cache/finops"),
        read_only=True,
        savings_db=Path("/srv/savings.db"),
        ai_provider="anthropic",
        ai_key="sk-ant-1",
        ai_model="claude-opus-5-5",
        ai_daily_limit=Decimal("2.50"),
    )


def test_an_empty_variable_takes_its_default() -> None:
    empty = dict.fromkeys(_read_from_env(), " ")

    assert Settings.from_env(empty) == Settings.from_env({})


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")

    chosen = Settings.from_env({"FINOPS_CACHE_DIR": "~/costs"})

    assert chosen.cache_dir == Path("/home/ana/costs")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("COST_METRIC", "BlendedCost"),
        ("COST_EXPLORER_DAILY_LIMIT", "five"),
        ("COST_EXPLORER_DAILY_LIMIT", "-1"),
        ("COST_EXPLORER_DAILY_LIMIT", "NaN"),
        ("COST_EXPLORER_DAILY_LIMIT", "1,000"),
        ("FINOPS_READ_ONLY", "maybe"),
        ("AWS_ACCOUNTS_STRICT", "2"),
        ("AI_PROVIDER", "someone"),
        ("AI_DAILY_LIMIT", "one"),
        ("FINOPS_CACHE_DIR", "~nobody-of-this-name/cache"),
    ],
)
def test_a_value_we_cannot_use_is_named_with_a_remedy(name: str, text: str) -> None:
    with pytest.raises(ConfigurationError, match=name) as refused:
        Settings.from_env({name: text})

    assert refused.value.hint


def test_accounts_and_their_external_ids_are_never_shown() -> None:
    accounts = "prod:arn:aws:iam::123456789012:role/R?external_id=between-us"

    assert "between-us" not in repr(Settings(accounts=accounts))


@pytest.mark.parametrize(
    ("environ", "provider"),
    [
        ({}, None),
        ({"ANTHROPIC_API_KEY": "sk-ant-1"}, "anthropic"),
        ({"AI_PROVIDER": "anthropic"}, None),
        ({"AI_PROVIDER": "bedrock"}, "bedrock"),
    ],
)
def test_claude_needs_a_key_or_aws(
    environ: dict[str, str], provider: str | None
) -> None:
    assert Settings.from_env(environ).ai_provider == provider


def test_the_key_for_claude_is_never_shown() -> None:
    assert "sk-ant" not in repr(Settings(ai_key="sk-ant-1"))


def test_the_example_file_has_every_setting_and_no_other() -> None:
    explained = re.findall(r"^#([A-Z_]+)=", ENV_EXAMPLE.read_text(), re.MULTILINE)

    assert set(explained) == _read_from_env()


def test_the_example_file_sets_nothing() -> None:
    lines = ENV_EXAMPLE.read_text().splitlines()

    assert all(line.startswith("#") or not line for line in lines)


def test_each_example_can_be_used() -> None:
    examples = re.findall(r"^#([A-Z_]+)=(.*)", ENV_EXAMPLE.read_text(), re.MULTILINE)

    for name, text in examples:
        Settings.from_env({name: text})


def _read_from_env() -> set[str]:
    """The names of variables that stand in the module's code."""
    return {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(settings)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[A-Z][A-Z_]{3,}", node.value)
    }
