"""What a profile of the AWS configuration would do when it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import botocore.session

from finops.errors import CredentialsError


def refuse_mfa(session: botocore.session.Session) -> None:
    """Refuse a profile that would ask for a code on the terminal.

    botocore asks with getpass on standard input, where a web server hangs.

    Raises:
        CredentialsError: If a role of the profile has `mfa_serial`.
    """
    credentials = session.get_credentials()
    if credentials is None or credentials.method != "assume-role":
        return
    profiles = session.full_config.get("profiles", {})
    name = session.get_config_variable("profile") or "default"
    for link, settings in _chain(name, profiles):
        if "role_arn" in settings and "mfa_serial" in settings:
            msg = f"The profile {link!r} asks for an MFA code, which cannot be typed here."
            raise CredentialsError(
                msg,
                hint="Use a profile with aws sso login, or keys from "
                "aws sts get-session-token.",
            )


def _chain(
    name: str, profiles: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The profile and those it takes its credentials from."""
    seen = set()
    while name in profiles and name not in seen:
        seen.add(name)
        yield name, profiles[name]
        name = profiles[name].get("source_profile", "")
