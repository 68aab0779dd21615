"""What leaves the machine holds no secret, no id, and no way out of its place."""

from __future__ import annotations

import json

import pytest
from pydantic import BaseModel

from finops.commentary.briefs import Brief
from finops.commentary.redact import CUT, Masker, cleaned, every_text
from tests.unit.commentary.attacks import attacks


class Note(BaseModel):
    """An answer of the simplest shape."""

    text: str


def prompt(document: dict[str, object], masker: Masker | None = None) -> str:
    asked = Brief(
        task="note",
        version=1,
        role="You write one note.",
        document=document,
        asked="Write the note.",
        shape=Note,
    )
    return asked.prompt(masker or Masker())


def test_there_are_as_many_attacks_as_there_were() -> None:
    assert len(attacks("prompts")) == 33
    assert len(attacks("markdown")) == 29


@pytest.mark.parametrize("name", attacks("prompts"), ids=range(33))
def test_a_hostile_name_is_only_ever_data(name: str) -> None:
    written = prompt({"names": [name], "tags": {name: name}, "note": name})

    first, document, *rest = written.split("\n")
    assert (first, rest) == ("<facts>", ["</facts>", "Write the note."])
    assert "<" not in document
    read = json.loads(document)
    assert set(read) == {"names", "tags", "note"}
    assert len(read["note"]) <= 120
    assert read["note"].isprintable() or not read["note"]


@pytest.mark.parametrize(
    "secret",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "sk-ant-api03-abcdefghij",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-1234567890-abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN",
        "password=hunter22",
        "api_key: 8f14e45fceea167a",
        "postgres://admin:hunter2@db.internal/app",
        "https://hooks.slack.com/services/T000/B000/XXXX",
    ],
)
def test_a_secret_in_a_tag_stays_here(secret: str) -> None:
    written = prompt({"tags": {"note": f"see {secret} now"}})

    told = (
        secret.split(":", maxsplit=2)[-1]
        .rsplit("=", maxsplit=1)[-1]
        .split("@", maxsplit=1)[0]
    )
    assert told.strip() not in written
    assert CUT in written


def test_ids_go_out_as_stand_ins_and_come_back_as_ids() -> None:
    masker = Masker()
    ids = ["123456789012", "i-0abc1234def567890", "ana@example.com", "10.1.2.3"]

    written = prompt({"ids": ids}, masker)

    assert not any(known in written for known in ids)
    stand_ins = json.loads(written.split("\n")[1])["ids"]
    assert [masker.unmasked(f"see {each}.") for each in stand_ins] == [
        f"see {known}." for known in ids
    ]


def test_the_same_id_has_the_same_stand_in() -> None:
    masker = Masker()

    assert masker.masked("123456789012") == masker.masked("123456789012")
    assert masker.masked("123456789012") != masker.masked("123456789013")


def test_a_tag_cannot_guess_a_stand_in() -> None:
    masker = Masker()
    masker.masked("123456789012")

    assert masker.unmasked("acct-A, acct-1, acct-000000-1") == (
        "acct-A, acct-1, acct-000000-1"
    )


def test_figures_are_not_taken_for_ids() -> None:
    amounts = "$123,456,789,012.00 and 1234567 requests on 2026-11-22"

    assert Masker().masked(amounts) == amounts


def test_what_nobody_sees_is_taken_out_and_a_long_name_is_cut() -> None:
    hidden = "a\u200bb\u202egnp.exe\u202c" + "".join(chr(0xE0000 + n) for n in b"hi")

    assert cleaned(hidden) == "abgnp.exe"
    assert len(cleaned("A" * 5000)) == 120


def test_every_text_of_a_document_is_reached() -> None:
    document = {"a": ["x", {"x": "x"}], "n": 3, "none": None}

    assert every_text(document, str.upper) == {
        "A": ["X", {"X": "X"}],
        "N": 3,
        "NONE": None,
    }
