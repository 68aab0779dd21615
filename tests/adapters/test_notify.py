from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from finops.errors import ConfigurationError
from finops.notify import (
    Channels,
    Message,
    NotDeliveredError,
    Notice,
    Told,
    deliver,
)
from finops.notify.email import as_html
from finops.notify.message import as_text
from finops.notify.slack import MOST_BLOCKS, blocks
from tests.adapters.receivers import Post, Slack, post, slack

__all__ = ["post", "slack"]

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

OVERRUN = Notice(
    key="budget/all/2026-11",
    severity="high",
    title="The budget of $2,500.00 is exceeded on 28 Nov 2026",
    text="Projected $2,850.00, which is $350.00 (14.0 %) over.",
    advice="Spend $11.67 a day less.",
)
JUMP = Notice(key="anomaly/rds/2026-11-20", severity="medium", title="RDS jumped")

MESSAGE = Message(
    subject="2 things need attention",
    scope="demo data, effective cost, USD",
    notices=(OVERRUN, JUMP),
    figures=(("Total", "$2,450.80"),),
)


def test_slack_is_told_in_plain_text(slack: Slack) -> None:
    hostile = Notice(key="k", severity="low", title="<!channel> <http://x|click> *b*")

    deliver(
        Message(subject="One thing", scope="demo", notices=(hostile,)),
        Channels(slack_webhook_url=slack.url),
        now=NOW,
    )

    [posted] = slack.posted
    section = posted["blocks"][-1]["text"]
    assert section["type"] == "plain_text"
    assert section["text"] == "Low: <!channel> <http://x|click> *b*"


def test_a_message_too_long_for_slack_says_what_it_leaves_out() -> None:
    many = tuple(Notice(key=str(n), severity="low", title=f"{n}") for n in range(80))

    made = blocks(Message(subject="x" * 200, scope="demo", notices=many))

    assert len(made) == MOST_BLOCKS
    assert made[-1]["elements"][0]["text"] == "33 more are not shown here."
    assert len(made[0]["text"]["text"]) == 150


def test_an_email_says_the_same_in_text_and_in_html(post: Post) -> None:
    channels = Channels(smtp_url=post.url, recipients=("cfo@example.com",))

    deliver(MESSAGE, channels, now=NOW)

    [mail] = post.mails
    assert mail["Subject"] == "2 things need attention"
    assert mail["To"] == "cfo@example.com"
    text, html = (
        mail.get_body((kind,)).get_content()  # type: ignore[union-attr]  # both are made
        for kind in ("plain", "html")
    )
    for words in ("exceeded on 28 Nov 2026", "$11.67 a day less", "$2,450.80"):
        assert words in text
        assert words in html


def test_names_from_outside_are_no_html_and_no_header() -> None:
    hostile = Notice(key="k", severity="low", title="<img src=x>\r\nBcc: a@b.example")
    message = Message(subject="x", scope="<b>", notices=(hostile,))

    assert "<img" not in as_html(message)
    assert "<b>&lt;" in as_html(message)
    assert as_text(message).startswith("<b>\n")


def test_a_subject_with_a_line_break_stays_one_header(post: Post) -> None:
    channels = Channels(smtp_url=post.url, recipients=("cfo@example.com",))

    deliver(Message(subject="x\r\nBcc: a@b.example", scope=""), channels, now=NOW)

    [mail] = post.mails
    assert mail["Subject"] == "x Bcc: a@b.example"
    assert mail["Bcc"] is None


def test_one_closed_channel_does_not_keep_the_message_from_the_other(
    slack: Slack, post: Post
) -> None:
    slack.status = 404
    channels = Channels(
        slack_webhook_url=slack.url, smtp_url=post.url, recipients=("a@example.com",)
    )

    [failure] = deliver(MESSAGE, channels, now=NOW)

    assert str(failure) == "Slack refused the message: 'no_service' (404)."
    assert len(post.mails) == 1


def test_a_message_that_reached_nobody_is_an_error_without_the_secret() -> None:
    url = "http://127.0.0.1:9/services/T0/B0/secret"

    with pytest.raises(NotDeliveredError) as caught:
        deliver(MESSAGE, Channels(slack_webhook_url=url), now=NOW)

    assert "Slack was not reached" in caught.value.hint
    assert "secret" not in f"{caught.value} {caught.value.hint}"


def test_a_password_is_not_sent_without_encryption(post: Post) -> None:
    url = post.url.replace("smtp://", "smtp://user:hunter2@")
    channels = Channels(smtp_url=url, recipients=("a@example.com",))

    with pytest.raises(NotDeliveredError) as caught:
        deliver(MESSAGE, channels, now=NOW)

    assert "the password was not sent" in caught.value.hint
    assert "hunter2" not in caught.value.hint
    assert post.mails == []


@pytest.mark.parametrize("url", ["mail.example.com", "http://x", "smtp://"])
def test_a_mail_server_that_is_none_is_a_sentence(url: str) -> None:
    channels = Channels(smtp_url=url, recipients=("a@example.com",))

    with pytest.raises(NotDeliveredError) as caught:
        deliver(MESSAGE, channels, now=NOW)

    assert "SMTP_URL names no mail server." in caught.value.hint


def test_nobody_to_tell_is_a_sentence() -> None:
    with pytest.raises(ConfigurationError, match="There is nobody to tell"):
        deliver(MESSAGE, Channels(), now=NOW)


def test_an_event_is_told_once(tmp_path: Path) -> None:
    told = Told(tmp_path / "told.db")

    with told.news([OVERRUN, JUMP], now=NOW) as first:
        assert first == [OVERRUN, JUMP]
    with told.news([OVERRUN], now=NOW) as second:
        assert second == []


def test_what_is_told_about_one_source_is_news_of_another(tmp_path: Path) -> None:
    for about in ("demo", "aws"):
        with Told(tmp_path / "told.db", about=about).news([JUMP], now=NOW) as news:
            assert news == [JUMP]


def test_what_comes_back_is_news_again(tmp_path: Path) -> None:
    told = Told(tmp_path / "told.db")
    for notices in ([OVERRUN], []):
        with told.news(notices, now=NOW):
            pass

    with told.news([OVERRUN], now=NOW) as news:
        assert news == [OVERRUN]


def test_what_was_not_delivered_is_told_again(tmp_path: Path) -> None:
    told = Told(tmp_path / "told.db")
    nobody = Channels(slack_webhook_url="http://127.0.0.1:9/")
    with pytest.raises(NotDeliveredError), told.news([OVERRUN], now=NOW):
        deliver(MESSAGE, nobody, now=NOW)

    with told.news([OVERRUN], now=NOW) as news:
        assert news == [OVERRUN]


def test_a_memory_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "told.db").mkdir()

    with (
        pytest.raises(ConfigurationError, match="cannot be remembered"),
        Told(tmp_path / "told.db").news([OVERRUN], now=NOW),
    ):
        pass
