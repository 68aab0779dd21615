"""Everything the app reads from its environment, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, Self, cast, get_args

import platformdirs

from finops.budgets import Budget, part_budgets, whole_budget
from finops.errors import ConfigurationError
from finops.focus import Metric

SourceKind = Literal["demo", "aws", "bill"]
"""Made-up data, the accounts of AWS_ACCOUNTS, or billing exports."""

AiProvider = Literal["anthropic", "bedrock"]
"""Who answers for Claude: Anthropic with a key, or AWS with its own login."""

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation is set up.

    Attributes:
        source: `demo`, `aws`, or where billing exports lie: a file, a glob, a
            folder, `s3://bucket/prefix`, or an ibis URL with `?table=`.
        accounts: AWS_ACCOUNTS as written; options such as an external id are
            in it, so it is never shown.
        payer: The entry whose bill holds all accounts of the organization.
        role_name: The role to assume in accounts given or found by their id.
        accounts_strict: Whether one bad entry stops everything.
        daily_limit: Dollars a day for requests that AWS charges for.
        cache_dir: Where fetched costs and the request meter are kept.
        read_only: Whether the app may write for its visitors.
        allowed_emails: Who may look after signing in: addresses, and domains
            as `@example.com`; empty for whomever the provider lets in.
        savings_db: The savings tracker; None for the usual one.
        budgets: What the bill, and parts of it, may cost in a month.
        recommendation_exports: Files with recommendations from AWS's console.
        slack_webhook_url: The channel that alerts go to; it is a secret.
        smtp_url: The mail server for alerts; its password is in it.
        alert_emails: Whom alerts are mailed to.
        alert_sender: Who they are from; the first of them unless given.
        ai_provider: Who answers for Claude; None where nobody does.
        ai_key: The key for Anthropic; never shown.
        ai_model: The model that writes; smaller tasks have a smaller one.
        ai_daily_limit: Dollars a day for Claude.
    """

    source: str = "demo"
    accounts: str = field(default="", repr=False)
    payer: str | None = None
    role_name: str | None = None
    accounts_strict: bool = True
    metric: Metric = "EffectiveCost"
    daily_limit: Decimal = Decimal("5.00")
    cache_dir: Path = field(default_factory=lambda: Path(user_cache_dir()))
    read_only: bool = False
    allowed_emails: tuple[str, ...] = ()
    savings_db: Path | None = None
    budgets: tuple[Budget, ...] = ()
    recommendation_exports: tuple[str, ...] = ()
    slack_webhook_url: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    alert_emails: tuple[str, ...] = ()
    alert_sender: str = ""
    ai_provider: AiProvider | None = None
    ai_key: str = field(default="", repr=False)
    ai_model: str = "claude-sonnet-5-5"
    ai_daily_limit: Decimal = Decimal("1.00")

    @property
    def kind(self) -> SourceKind:
        """What sort of place the costs come from."""
        if self.source in ("demo", "aws"):
            return cast("SourceKind", self.source)
        return "bill"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """The settings that the variables in `environ` ask for.

        An unset or empty variable takes its default.

        Raises:
            ConfigurationError: If a variable has a value we cannot use.
        """
        given = {name: text.strip() for name, text in environ.items() if text.strip()}
        accounts = given.get("AWS_ACCOUNTS", "")
        return cls(
            source=_source(given.get("COST_SOURCE", "aws" if accounts else "demo")),
            accounts=accounts,
            payer=given.get("AWS_PAYER"),
            role_name=given.get("AWS_ROLE_NAME"),
            accounts_strict=_flag(given, "AWS_ACCOUNTS_STRICT", default=True),
            metric=_metric(given.get("COST_METRIC", "EffectiveCost")),
            daily_limit=_dollars(given, "COST_EXPLORER_DAILY_LIMIT", default="5.00"),
            cache_dir=_folder(given, "FINOPS_CACHE_DIR", default=user_cache_dir()),
            read_only=_flag(given, "FINOPS_READ_ONLY", default=False),
            allowed_emails=_addresses(given.get("ALLOWED_EMAILS", "")),
            savings_db=_file(given, "SAVINGS_DB"),
            budgets=_budgets(given),
            recommendation_exports=_list(given.get("RECOMMENDATION_EXPORTS", "")),
            slack_webhook_url=given.get("SLACK_WEBHOOK_URL", ""),
            smtp_url=given.get("SMTP_URL", ""),
            alert_emails=_list(given.get("ALERT_EMAILS", "")),
            alert_sender=given.get("ALERT_SENDER", ""),
            ai_provider=_provider(given),
            ai_key="".join(given.get("ANTHROPIC_API_KEY", "").split()),
            ai_model=given.get("AI_MODEL", "claude-sonnet-5-5"),
            ai_daily_limit=_dollars(given, "AI_DAILY_LIMIT", default="1.00"),
        )


def user_cache_dir() -> str:
    """The folder where this system keeps caches of one user."""
    return platformdirs.user_cache_dir("finops", appauthor=False)


def _source(text: str) -> str:
    word = text.lower()
    return word if word in ("demo", "aws") else text


def _folder(given: Mapping[str, str], name: str, *, default: str) -> Path:
    return _path(name, given.get(name, default))


def _file(given: Mapping[str, str], name: str) -> Path | None:
    return _path(name, given[name]) if name in given else None


def _path(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        msg = f"{name} is {text!r}, which names no home folder."
        raise ConfigurationError(msg, hint="Write the whole path.") from error


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(address.casefold() for address in _list(text))


def _flag(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = given.get(name, "1" if default else "0").lower()
    if text not in TRUE | FALSE:
        msg = f"{name} is {text!r}."
        raise ConfigurationError(msg, hint="Use 1 or 0.")
    return text in TRUE


def _budgets(given: Mapping[str, str]) -> tuple[Budget, ...]:
    """The budget for everything first, where there is one."""
    whole = given.get("MONTHLY_BUDGET")
    return (
        *([whole_budget(whole)] if whole else []),
        *part_budgets(given.get("BUDGETS", "")),
    )


def _metric(text: str) -> Metric:
    if text not in get_args(Metric):
        msg = f"COST_METRIC is {text!r}."
        raise ConfigurationError(msg, hint=f"Use one of {', '.join(get_args(Metric))}.")
    return cast("Metric", text)


def _provider(given: Mapping[str, str]) -> AiProvider | None:
    """Who answers for Claude; nobody where Anthropic is meant and there is no key."""
    text = given.get("AI_PROVIDER", "anthropic").lower()
    if text not in get_args(AiProvider):
        msg = f"AI_PROVIDER is {text!r}."
        hint = f"Use one of {', '.join(get_args(AiProvider))}."
        raise ConfigurationError(msg, hint=hint)
    if text == "anthropic" and "ANTHROPIC_API_KEY" not in given:
        return None
    return cast("AiProvider", text)


def _dollars(given: Mapping[str, str], name: str, *, default: str) -> Decimal:
    text = given.get(name, default)
    try:
        amount = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        msg = f"{name} is {text!r}."
        raise ConfigurationError(msg, hint="Use an amount in dollars, such as 5.00.")
    return amount
