"""Questions to AWS, and their answers from however many pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from botocore import xform_name
from botocore.exceptions import ClientError

from finops.accounts import Account
from finops.aws.errors import well_formed
from finops.aws.identities import Identity
from finops.aws.refusals import error_code
from finops.aws.sessions import Sessions
from finops.errors import SourceError

CLIENTS: Final = {"elasticloadbalancing": "elbv2"}
"""What boto3 calls a service that IAM calls otherwise."""


@dataclass(frozen=True, slots=True)
class Question:
    """An operation of AWS that lists or describes something.

    Attributes:
        action: The IAM action that allows it, such as `ec2:DescribeVolumes`.
        answers: The key under which an answer holds its list, or its one thing.
        operation: Its name where IAM calls the action otherwise.
        none: Error codes that say that there is nothing.
    """

    action: str
    answers: str
    operation: str = ""
    none: tuple[str, ...] = ()

    @property
    def service(self) -> str:
        """What boto3 calls the service."""
        prefix, _, _ = self.action.partition(":")
        return CLIENTS.get(prefix, prefix)

    @property
    def method(self) -> str:
        """The method of the service's client that asks."""
        _, _, operation = self.action.partition(":")
        return xform_name(self.operation or operation)


def _nothing() -> None:
    """What is done with the news that a page has come where nobody listens."""


@dataclass(frozen=True, slots=True)
class Place:
    """An account in one region, and the way in.

    Attributes:
        heard: Called whenever a page has come, so that a long answer is not
            taken for silence.
    """

    identity: Identity
    region: str
    sessions: Sessions
    heard: Callable[[], None] = field(default=_nothing, compare=False)

    @property
    def account(self) -> Account:
        """The entry that is read."""
        return self.identity.account

    def ask(self, question: Question, **request: Any) -> list[Any]:
        """The whole answer to `question`, from every page.

        Raises:
            SourceError: If AWS does not answer all of it.
        """

        def ask() -> list[Any]:
            try:
                return list(self._items(question, request))
            except ClientError as error:
                if error_code(error) not in question.none:
                    raise
                return []

        return self.sessions.ask(self.account, question.action, ask)

    def try_out(self, question: Question, **request: Any) -> None:
        """Ask for the first page alone, to see whether AWS allows it.

        Raises:
            SourceError: If AWS does not answer.
        """
        self.sessions.ask(
            self.account,
            question.action,
            lambda: next(self._pages(question, request)),
        )

    def _items(self, question: Question, request: dict[str, Any]) -> Iterator[Any]:
        with well_formed(question.action):
            for page in self._pages(question, request):
                self.heard()
                found = page.get(question.answers) or ()
                yield from [found] if isinstance(found, Mapping | str) else found

    def _pages(
        self, question: Question, request: dict[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        service, method = question.service, question.method
        client = self.sessions.client(service, self.account, region=self.region)
        if client.can_paginate(method):
            yield from client.get_paginator(method).paginate(**request)
            return
        asked: set[str] = set()
        while True:
            page = getattr(client, method)(**request)
            yield page
            token = page.get("nextToken")
            if not token:
                return
            if token in asked:
                msg = f"AWS gave the same page of {question.action} again and again."
                raise SourceError(msg, hint="Try again later.")
            asked.add(token)
            request = {**request, "nextToken": token}
