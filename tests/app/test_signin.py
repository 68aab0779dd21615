from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from finops.web.signin import admitted, providers

AUTH = {"redirect_uri": "https://x.example/oauth2callback", "cookie_secret": "secret"}

CFO = {"is_logged_in": True, "email": "cfo@example.com", "email_verified": True}


def shown(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_without_auth_in_the_secrets_anybody_may_look(app: AppTest) -> None:
    app.run()

    assert app.title[0].value == "Overview"
    assert "Sign out" not in [button.label for button in app.button]


def test_with_it_no_figure_is_shown_before_signing_in(app: AppTest) -> None:
    app.secrets["auth"] = AUTH

    app.run()

    assert not app.exception
    assert "Sign in to see these costs" in shown(app)
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.metric
    assert not app.title


def test_each_provider_has_its_button(app: AppTest) -> None:
    app.secrets["auth"] = AUTH | {"google": {}, "okta": {}}

    app.run()

    assert [b.label for b in app.button] == ["Sign in with google", "Sign in with okta"]


def test_who_has_signed_in_is_named_and_may_leave(app: AppTest) -> None:
    app.secrets["auth"] = AUTH
    app.user = CFO

    app.run()

    assert app.title[0].value == "Overview"
    assert any("cfo" in caption.value for caption in app.sidebar.caption)
    assert "Sign out" in [button.label for button in app.sidebar.button]


def test_who_is_not_meant_sees_no_figure(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_EMAILS", "@partner.example")
    app.secrets["auth"] = AUTH
    app.user = CFO

    app.run()

    assert "These costs are not shown to you" in shown(app)
    assert [button.label for button in app.button] == ["Sign out"]
    assert not app.metric


@pytest.mark.parametrize(
    ("user", "allowed", "expected"),
    [
        ({"email": "cfo@example.com"}, (), True),
        ({"email": "CFO@Example.com"}, ("@example.com",), True),
        ({"email": "cfo@example.com"}, ("cfo@example.com",), True),
        ({"email": "cfo@example.com.evil.test"}, ("@example.com",), False),
        ({"email": "cfo@example.com@evil.test"}, ("@example.com",), False),
        ({"email": "x@sub.example.com"}, ("@example.com",), False),
        (
            {"email": "cfo@example.com", "email_verified": False},
            ("@example.com",),
            False,
        ),
        ({"email": ""}, ("@",), False),
        ({"name": "cfo"}, ("@example.com",), False),
    ],
)
def test_only_listed_addresses_and_domains_are_admitted(
    user: dict[str, Any], allowed: tuple[str, ...], *, expected: bool
) -> None:
    assert admitted(user, allowed) is expected


def test_one_provider_needs_no_name() -> None:
    assert providers(AUTH) == [""]
