"""The double's one address: who asks, what for, and who answers."""

from __future__ import annotations

import io
import json
import re
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qs

from moto.iam.models import get_account_id_from
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from tests.double.failures import AwsError, error_body, may_not_assume
from tests.double.ready_answers import fixture, page_of
from tests.double.services import COMPUTED, NOT_MOTOS, TARGETS
from tests.double.shapes import answer_problems, request_problems
from tests.double.world import MOTOS_ACCOUNT, World

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

CREDENTIAL: Final = re.compile(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/")


SIGNED_AS: Final = {"monitoring": "cloudwatch"}
"""Services whose requests are signed for another name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: by which account and key, of which operation."""

    service: str
    operation: str
    account: str
    key: str
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of a request to a service of the older, XML kind."""
        fields = parse_qs(self.body.decode("utf-8", "replace"))
        return {name: values[0] for name, values in fields.items()}


@dataclass(frozen=True, slots=True)
class Double:
    """The WSGI application."""

    world: World
    moto: Any = field(
        default_factory=lambda: DomainDispatcherApplication(create_backend_app)
    )

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; `GET /calls` tells how often each was asked."""
        if environ["PATH_INFO"] == "/calls":
            counts = Counter(call.operation for call in self.world.calls)
            return _send(start, 200, json.dumps(counts), "application/json")
        asked = self._read(environ)
        try:
            self._wait(self.world.latency)
            body = self._answer(asked)
        except AwsError as error:
            return _send(start, error.status, *error_body(error, asked.service))
        if body is not None:
            return _send(start, *body)
        environ["wsgi.input"] = io.BytesIO(asked.body)
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = asked.account
        return self.moto(environ, start)  # type: ignore[no-any-return]  # moto's own

    def _read(self, environ: Environ) -> Asked:
        signed = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        key, service = signed.groups() if signed else ("", "")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        account = self.world.keys.get(key) or get_account_id_from(key)
        if account == MOTOS_ACCOUNT:
            account = self.world.payer
        prefix, _, operation = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")
        service = SIGNED_AS.get(service, service)
        asked = Asked(TARGETS.get(prefix, service), operation, account, key, body)
        if operation or service not in ("sts", "iam", "ec2", "rds"):
            return asked
        action = asked.form.get("Action", "")
        return Asked(asked.service, action, account, key, body)

    def _answer(self, asked: Asked) -> tuple[int, str, str] | None:
        """Status, body and type of our answer; None leaves it to moto."""
        fault = self.world.admit(
            asked.service, asked.operation, asked.account, asked.key
        )
        self._wait(fault.latency)
        if fault.body:
            return fault.status, fault.body, "text/html"
        if fault.code:
            raise AwsError(fault.message, code=fault.code, status=fault.status)
        if asked.operation == "AssumeRole":
            self._check_role(asked)
        answer = self._compute(asked)
        if answer is None:
            return None
        if asked.service == "ce":
            self.world.charge()
        text = json.dumps(answer, default=datetime.timestamp)
        return 200, text, "application/x-amz-json-1.1"

    def _wait(self, seconds: float) -> None:
        if self.world.over.wait(seconds):
            msg = "The double has ended."
            raise AwsError(msg, code="ServiceUnavailable", status=503)

    def _check_role(self, asked: Asked) -> None:
        role = asked.form["RoleArn"]
        wanted = self.world.roles.get(role)
        known = not self.world.strict_roles or role in self.world.roles
        if not known or wanted not in (None, asked.form.get("ExternalId")):
            raise may_not_assume(role, asked.account)

    def _compute(self, asked: Asked) -> Mapping[str, Any] | None:
        service, operation = asked.service, asked.operation
        handler = COMPUTED.get((service, operation))
        ready = fixture(self.world, service, operation, asked.account)
        if handler is None and ready is None:
            if service in NOT_MOTOS:
                msg = f"{service}.{operation} has no handler and no fixture"
                raise AwsError(msg, code="NotImplementedInDouble")
            return None
        if isinstance(ready, AwsError):
            raise ready
        request = json.loads(asked.body or b"{}")
        if bad := request_problems(service, operation, request):
            raise AwsError("; ".join(bad), code="ValidationException")
        if ready is not None:
            answer = page_of(ready, service, operation, request)
        else:
            assert handler
            answer = handler(self.world, asked.account, request)
        if self.world.checked and (bad := answer_problems(service, operation, answer)):
            raise AwsError("; ".join(bad[:5]), code="DoubleProducedInvalidAnswer")
        return answer


class _Quiet(MotoRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections open, as AWS does

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def running(world: World, *, port: int = 0) -> Iterator[str]:
    """The address at which `world` answers, until the block ends."""
    server = make_server(
        "127.0.0.1", port, Double(world), threaded=True, request_handler=_Quiet
    )
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        world.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _send(
    start: StartResponse, status: int, text: str, content_type: str
) -> Iterable[bytes]:
    body = text.encode()
    headers = [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("x-amzn-RequestId", str(uuid.uuid4())),
    ]
    start(f"{status} answered", headers)
    return [body]
