from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.errors import UnwritableNameError
from finops.remediation.hcl import (
    Block,
    Call,
    Reference,
    Value,
    comment_lines,
    exact,
    quoted,
    render,
)

PLACES = """\
# First line
#
# Second line

resource "aws_instance" "target" {
  ami = data.aws_instance.before.ami
  # Was large.
  instance_type = "small"
  monitoring    = true

  lifecycle {
    ignore_changes = [ami, tags]

    precondition {
      condition = contains(["large", "small"], var.type)
    }
  }
}

resource "aws_iam_role" "scheduler" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Action              = "sts:AssumeRole"
        "aws:SourceAccount" = 1
      },
    ]
  })
}

data "aws_caller_identity" "current" {}
"""


def test_a_file_is_laid_out_as_terraform_would() -> None:
    check = Call("contains", (["large", "small"], Reference("var.type")))
    policy: Value = {
        "Version": "2012-10-17",
        "Statement": [{"Action": "sts:AssumeRole", "aws:SourceAccount": 1}],
    }
    instance = Block(
        "resource",
        ("aws_instance", "target"),
        {
            "ami": Reference("data.aws_instance.before.ami"),
            "instance_type": "small",
            "monitoring": True,
        },
        (
            Block(
                "lifecycle",
                (),
                {"ignore_changes": [Reference("ami"), Reference("tags")]},
                (Block("precondition", (), {"condition": check}),),
            ),
        ),
        notes={"instance_type": "Was large."},
    )
    role = Block(
        "resource",
        ("aws_iam_role", "scheduler"),
        {"assume_role_policy": Call("jsonencode", (policy,))},
    )
    caller = Block("data", ("aws_caller_identity", "current"))

    assert render([instance, role, caller], head="First line\n\nSecond line") == PLACES


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", '"plain"'),
        ("${x}", '"$${x}"'),
        ("%{if}", '"%%{if}"'),
        ("$${x}", '"$$${x}"'),
        ("$5 or 5%", '"$5 or 5%"'),
        ('a"b\\', '"a\\"b\\\\"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("\x00\x7f\u2028", '"\\u0000\\u007f\\u2028"'),
        ("é😀", '"é😀"'),
    ],
)
def test_what_would_be_code_is_escaped(text: str, written: str) -> None:
    assert quoted(text) == written


@given(st.text())
def test_a_quoted_string_is_one_line_and_starts_no_expression(text: str) -> None:
    body = quoted(text)[1:-1]

    assert len(body.splitlines()) <= 1
    assert "${" not in body.replace("$${", "")
    assert "%{" not in body.replace("%%{", "")
    assert '"' not in body.replace("\\\\", "").replace('\\"', "")


@given(st.text())
def test_a_comment_is_comment_to_its_end(text: str) -> None:
    lines = comment_lines(text)

    assert all(line.startswith("# ") for line in lines)
    assert all(len(line.splitlines()) == 1 for line in lines)


def test_a_comment_shows_no_text_in_another_order() -> None:
    assert comment_lines("a\u202eb\u2066c\x1b[31md") == ["# a b c [31md"]


@given(st.text())
def test_a_name_is_kept_or_refused_but_never_changed(text: str) -> None:
    try:
        kept = exact(text)
    except UnwritableNameError:
        assert unicodedata.normalize("NFC", text) != text
    else:
        assert kept == text


def test_a_name_that_terraform_would_change_is_refused_with_a_sentence() -> None:
    with pytest.raises(
        UnwritableNameError, match="would write the name 'cafe"
    ) as error:
        exact("cafe\u0301")

    assert error.value.hint == "Change this one in the AWS console."


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnwritableNameError, match="not valid Unicode"):
        quoted("\ud83d")


@pytest.mark.parametrize("name", ["1web", "web 1", 'a" {', "${x}", "é", ""])
def test_a_name_from_outside_is_no_label(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a name"):
        Block("resource", ("aws_instance", name))


@pytest.mark.parametrize("path", ["a.b${c}", 'file("/etc/passwd")', "a b", "a..b"])
def test_code_from_outside_is_no_reference(path: str) -> None:
    with pytest.raises(ValueError, match="cannot be a name"):
        Reference(path)
