"""What a model wrote is plain words before it is shown."""

from __future__ import annotations

import re

import pytest

from finops.commentary.prose import inert
from tests.unit.commentary.attacks import attacks

ADDRESS = re.compile(r"(?i)://|\bwww\.|javascript:|data:text|\]\(|@\w+\.\w|//evil")


@pytest.mark.parametrize("written", attacks("markdown").values(), ids=range(29))
def test_no_attack_keeps_an_address_a_tag_or_a_second_line(written: str) -> None:
    shown = inert(written)

    assert not ADDRESS.search(shown)
    assert not re.search(r"<[a-zA-Z]", shown)
    assert "\n" not in shown
    assert shown.isprintable()


@pytest.mark.parametrize("written", attacks("prompts"), ids=range(33))
def test_no_injected_text_keeps_an_address(written: str) -> None:
    assert not ADDRESS.search(inert(written))


def test_ordinary_prose_stays_as_it_is() -> None:
    prose = (
        "Spend rose 14.9 % to $2,450.80 (prod: 73.4 %), mostly Amazon EC2 / m5.large; "
        "my_bucket_name stays flat."
    )

    assert inert(prose) == prose


def test_the_words_of_a_link_stay_and_its_address_goes() -> None:
    assert inert("[Fix now](https://evil.example/login) today") == "Fix now today"
