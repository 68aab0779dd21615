"""The workspace behind the pages, and its answers."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

import streamlit as st
from dotenv import load_dotenv

from finops.settings import Settings
from finops.web.answers import Answers
from finops.web.progress import reading
from finops.workspace import Workspace, open_workspace

P = ParamSpec("P")
T = TypeVar("T")


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """How this installation is set up.

    Streamlit has put its secrets into the environment by now; the environment
    comes before the .env file.

    Raises:
        ConfigurationError: If a variable has a value we cannot use.
    """
    load_dotenv(override=False)
    return Settings.from_env(os.environ)


def workspace() -> Workspace:
    """The workspace that the settings describe; a new one every UTC day."""
    return _opened(settings(), _today(), _refreshed().times)


def refresh() -> None:
    """Forget every answer, and read again what is cached."""
    _refreshed().times += 1


def ask(
    question: Callable[Concatenate[Workspace, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """What the workspace answers, worked out once for all visitors.

    While it is worked out, the page shows how far each account has got.
    """
    space = workspace()
    asked = (question.__qualname__, args, tuple(sorted(kwargs.items())))

    def work() -> T:
        with reading() as progress:
            answer = cast("Callable[..., T]", question)
            return answer(space, *args, **kwargs, progress=progress)

    return keep(asked, work)


def keep(key: Hashable, work: Callable[[], T]) -> T:
    """What `work` says about the workspace's present state, worked out once."""
    state = (settings(), _today(), _refreshed().times)
    return _answers().get((state, key), work)


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """Take what is imported by now out of the garbage collector's sight.

    Streamlit collects after every run, and would look at some hundred thousand
    objects that live as long as the process.
    """
    gc.collect()
    gc.freeze()


def first_run() -> bool:
    """Whether this is the first run of this process."""
    runs = _runs()
    runs.append(None)
    return len(runs) == 1


@st.cache_resource(show_spinner=False)
def _runs() -> list[None]:
    return []


@dataclass(slots=True)
class _Refreshed:
    """How often a visitor has asked for fresh data."""

    times: int = 0


@st.cache_resource(show_spinner=False)
def _refreshed() -> _Refreshed:
    return _Refreshed()


@st.cache_resource(show_spinner=False)
def _answers() -> Answers:
    return Answers()


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(asked: Settings, today: date, refreshed: int) -> Workspace:
    del today
    return open_workspace(asked, now=lambda: datetime.now(UTC), refresh=bool(refreshed))


def _today() -> date:
    return datetime.now(UTC).date()
