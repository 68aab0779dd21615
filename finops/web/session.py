"""The workspace behind the pages, and its answers."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st
from dotenv import load_dotenv

from finops.settings import Settings
from finops.web.answers import Answers
from finops.web.progress import reading
from finops.workspace import Workspace, open_live, open_workspace

if TYPE_CHECKING:
    from finops.sources.live import LiveAccounts

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Process:
    """What all visitors of this process share.

    Attributes:
        settings: Read once.
        answers: What was worked out.
        refreshed: How often a visitor has asked for fresh data.
        runs: How often the app has run.
    """

    settings: Settings
    answers: Answers = field(default_factory=Answers)
    refreshed: int = 0
    runs: int = 0


@st.cache_resource(show_spinner=False)
def _process() -> _Process:
    """The one and only; the environment comes before the .env file.

    Streamlit has put its own secrets into the environment by now.

    Raises:
        ConfigurationError: If a variable has a value we cannot use.
    """
    load_dotenv(override=False)
    return _Process(Settings.from_env(os.environ))


def settings() -> Settings:
    """How this installation is set up.

    Raises:
        ConfigurationError: If a variable has a value we cannot use.
    """
    return _process().settings


def workspace() -> Workspace:
    """The workspace that the settings describe; a new one every UTC day."""
    return keep("workspace", _open, waits=True)


@st.cache_resource(show_spinner=False)
def live() -> LiveAccounts:
    """The accounts of AWS_ACCOUNTS; they need not be readable.

    Raises:
        ConfigurationError: If AWS_ACCOUNTS is malformed.
    """
    return open_live(settings(), now=lambda: datetime.now(UTC))


def refresh() -> None:
    """Forget every answer, and read again what is cached."""
    _process().refreshed += 1


def ask(
    question: Callable[Concatenate[Workspace, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """What the workspace answers, worked out once for all visitors.

    While it is worked out, the page shows how far each account has got.
    """
    space = workspace()

    def work() -> T:
        answer = cast("Callable[..., T]", question)
        with reading(live=space.source.restated_days > 0) as progress:
            return answer(space, *args, **kwargs, progress=progress)

    return keep(_asked(question, args, kwargs), work)


def knows(
    question: Callable[Concatenate[Workspace, P], T], *args: P.args, **kwargs: P.kwargs
) -> bool:
    """Whether `ask` would answer at once."""
    return _process().answers.has(_today(_asked(question, args, kwargs)))


def keep(key: Hashable, work: Callable[[], T], *, waits: bool = False) -> T:
    """What `work` says about the present state of the data, worked out once.

    Args:
        key: What is asked.
        work: Works it out.
        waits: Whether that is for another program, and not for the processor.
    """
    process = _process()
    in_turn = not waits and process.settings.kind != "aws"
    return process.answers.get(_today(key), work, in_turn=in_turn)


def _asked(
    question: Callable[..., object],
    args: tuple[Hashable, ...],
    kwargs: Mapping[str, Hashable],
) -> Hashable:
    return question.__qualname__, args, tuple(sorted(kwargs.items()))


def _today(key: Hashable) -> Hashable:
    """A question, as asked today and since the last refresh."""
    return _now().date(), _process().refreshed, key


def first_run() -> bool:
    """Whether this is the first run of this process; true once."""
    process = _process()
    process.runs += 1
    return process.runs == 1


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """Take what is imported by now out of the garbage collector's sight.

    Streamlit collects after every run, and would look at some hundred thousand
    objects that live as long as the process.
    """
    gc.collect()
    gc.freeze()


def _open() -> Workspace:
    process = _process()
    return open_workspace(process.settings, now=_now, refresh=process.refreshed > 0)


def _now() -> datetime:
    return datetime.now(UTC)
