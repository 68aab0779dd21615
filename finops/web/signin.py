"""Who is looking? Sign-in by OpenID Connect, where `[auth]` is in the secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from finops.web import session
from finops.web.texts import md

ANYBODY: Final = "a visitor"
"""Who is looking where nobody has to sign in."""


def wanted() -> bool:
    """Whether visitors have to sign in."""
    return bool(_auth())


def passed() -> bool:
    """Whether the visitor has signed in, or need not."""
    return not wanted() or bool(st.user.get("is_logged_in", False))


def may_look() -> bool:
    """Whether the page may be shown: to anybody, or to who is admitted.

    Raises:
        ConfigurationError: If a variable has a value we cannot use.
    """
    if not wanted():
        return True
    return passed() and admitted(st.user, session.settings().allowed_emails)


def visitor() -> str:
    """The e-mail or name of who has signed in; it stands in the tracker's log."""
    named = st.user.get("email") or st.user.get("name")
    return str(named) if named else ANYBODY


def admitted(user: Mapping[str, Any], allowed: Sequence[str]) -> bool:
    """Whether a user of the provider is one of those the app is for.

    Args:
        user: What the provider says of them; an address that it has not
            verified counts as none.
        allowed: Addresses, and domains as `@example.com`; none admits
            everybody whom the provider knows.
    """
    if not allowed:
        return True
    address = str(user.get("email") or "").casefold()
    verified = user.get("email_verified") in (True, "true", None)
    _, at, domain = address.rpartition("@")
    return bool(at) and verified and bool({address, f"@{domain}"} & {*allowed})


def providers(auth: Mapping[str, Any]) -> list[str]:
    """The names of the providers in `[auth]`; the only one has none."""
    return [name for name, value in auth.items() if isinstance(value, Mapping)] or [""]


def ask() -> None:
    """Ask the visitor to sign in, in place of a page."""
    with st.container(border=True, key="sign_in"):
        if passed():
            st.markdown(":material/lock: **These costs are not shown to you**")
            st.markdown(f":gray[{md(visitor())} is not in ALLOWED_EMAILS.]")
            _sign_out()
            return
        st.markdown(":material/lock: **Sign in to see these costs**")
        st.markdown(":gray[Who set up this app has restricted who may look.]")
        for provider in providers(_auth()):
            st.button(
                md(f"Sign in with {provider}") if provider else "Sign in",
                on_click=st.login,
                args=(provider,) if provider else (),
                key=f"sign_in_{provider}",
                type="primary",
            )


def show_visitor() -> None:
    """Who has signed in, and the way out; nothing where nobody has to."""
    if wanted():
        st.caption(f"Signed in as {md(visitor())}")
        _sign_out()


def _sign_out() -> None:
    st.button("Sign out", on_click=st.logout, icon=":material/logout:", key="sign_out")


def _auth() -> Mapping[str, Any]:
    """The table `[auth]` of the secrets; empty where there is none."""
    try:
        return cast("Mapping[str, Any]", st.secrets.get("auth", {}))
    except StreamlitSecretNotFoundError:
        return {}
