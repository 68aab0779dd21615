from __future__ import annotations

import pytest

from finops.accounts import Account, parse_accounts, read_accounts
from finops.errors import ConfigurationError

PROFILES = {"default", "prod-profile", "staging-profile"}

ROLE = "arn:aws:iam::123456789012:role/X"


def parse(text: str) -> tuple[Account, ...]:
    return parse_accounts(text, profiles=PROFILES, default_role="CostAnalyzer")


def role(name: str, arn: str = ROLE, **more: object) -> Account:
    account_id, partition = arn.split(":")[4], arn.split(":")[1]
    known = {"name": name, "role_arn": arn, "account_id": account_id}
    return Account(**known, partition=partition, **more)  # type: ignore[arg-type]  # options of a test


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("", [Account(name="default")]),
        ("default:default", [Account(name="default")]),
        (
            "prod:prod-profile,staging:arn:aws:iam::123456789012:role/CostAnalyzer",
            [
                Account(name="prod", profile="prod-profile"),
                role("staging", "arn:aws:iam::123456789012:role/CostAnalyzer"),
            ],
        ),
        (
            " prod : prod-profile , dev:staging-profile ,",
            [
                Account(name="prod", profile="prod-profile"),
                Account(name="dev", profile="staging-profile"),
            ],
        ),
        (
            "prod apps:prod-profile",
            [Account(name="prod apps", profile="prod-profile")],
        ),
        (
            '"ACME: EU, prod":prod-profile',
            [Account(name="ACME: EU, prod", profile="prod-profile")],
        ),
        (
            "gov:arn:aws-us-gov:iam::123456789012:role/finops/read/Cost+Analyzer@x",
            [
                role(
                    "gov",
                    "arn:aws-us-gov:iam::123456789012:role/finops/read/Cost+Analyzer@x",
                )
            ],
        ),
        (
            "cn:arn:aws-cn:iam::012345678901:role/X"
            "?external_id=ab-12&via=prod-profile&duration=3600",
            [
                role(
                    "cn",
                    "arn:aws-cn:iam::012345678901:role/X",
                    external_id="ab-12",
                    via="prod-profile",
                    duration=3600,
                )
            ],
        ),
        ("prod-profile", [Account(name="prod-profile", profile="prod-profile")]),
        (ROLE, [role("123456789012")]),
        (
            "prod:123456789012",
            [role("prod", "arn:aws:iam::123456789012:role/CostAnalyzer")],
        ),
        (
            "a:prod-profile\nb:default\n# comment\n",
            [Account(name="a", profile="prod-profile"), Account(name="b")],
        ),
        (
            "c:arn:aws:iam::123456789012:role/team%2Cone/A%2Cb",
            [role("c", "arn:aws:iam::123456789012:role/team,one/A,b")],
        ),
        (
            '[{"name":"x,y:z","role_arn":"arn:aws:iam::123456789012:role/a,b/C",'
            '"external_id":"qq"}, {"profile": "default"}]',
            [
                role(
                    "x,y:z",
                    "arn:aws:iam::123456789012:role/a,b/C",
                    external_id="qq",
                ),
                Account(name="default"),
            ],
        ),
    ],
)
def test_what_is_written_is_understood(text: str, accounts: list[Account]) -> None:
    assert list(parse(text)) == accounts


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "prod:,dev:prod-profile",
            "1 ('prod:'): nothing after ':' - give a profile name or a role ARN.",
        ),
        (":prod-profile", "1 (':prod-profile'): name before ':' is empty."),
        (
            "a:prod-profile,,b:default",
            "2 (''): empty entry - two commas in a row?",
        ),
        (
            "prod:nope",
            "1 ('prod:nope'): profile 'nope' not found "
            "(known: default, prod-profile, staging-profile).",
        ),
        (
            "staging:arn:aws:iam::123456789:role/CostAnalyzer",
            "account id '123456789' is not 12 digits - keep leading zeros.",
        ),
        (
            "s:arn:aws:iam:us-east-1:123456789012:role/X",
            "IAM ARNs have no region (found 'us-east-1') "
            "- two colons between iam and the account id.",
        ),
        (
            "s:arn:aws:iam::123456789012:user/bob",
            "resource 'user' is not a role "
            "- users, groups and policies can not be assumed.",
        ),
        (
            "s:arn:aws:sts::123456789012:assumed-role/X/me",
            "this is an assumed-role session ARN, not a role - use "
            "arn:aws:iam::123456789012:role/X (add the role's path if it has one).",
        ),
        (
            "s:arn:aws:iam::123456789012:role/",
            "role name is empty (ARN ends with '/').",
        ),
        (
            "s:arn:aws:iam::123456789012:role/a b",
            "role name 'a b' is not valid - 1-64 of A-Z a-z 0-9 + = , . @ - _.",
        ),
        (
            "s:arn:aws:iam::123456789012",
            "incomplete ARN: 5 of 6 ':'-separated parts "
            "- expected arn:aws:iam::<12 digits>:role/<name>.",
        ),
        (
            "s:arn:awz:iam::123456789012:role/X",
            "unknown partition 'awz' - one of aws, aws-cn, aws-us-gov, aws-eusc, "
            "aws-iso, aws-iso-b, aws-iso-e, aws-iso-f.",
        ),
        ("s:ARN:aws:iam::123456789012:role/X", "'arn' must be lower case."),
        (
            "s:aws:iam::123456789012:role/X",
            "role ARN without its 'arn:' prefix - write name:arn:aws:iam::<12 digits>:role/<name>.",
        ),
        (
            "s:iam::123456789012:role/X",
            "role ARN without its 'arn:' prefix - write name:arn:aws:iam::<12 digits>:role/<name>.",
        ),
        (
            "prod:prod-profile,PROD:staging-profile",
            "2 ('PROD:staging-profile'): name 'PROD' used twice (case does not count).",
        ),
        (
            "a:prod-profile,b:prod-profile",
            "same credentials as 'a' - its cost would be counted twice.",
        ),
        (
            f"a:{ROLE},b:{ROLE}?external_id=xy",
            "same role as 'a' - its cost would be counted twice.",
        ),
        (
            f"s:{ROLE}?extid=1",
            "unknown option 'extid' "
            "- one of external_id, via, session_name, region, duration.",
        ),
        (f"s:{ROLE}?duration=60", "duration must be 900..43200 seconds."),
        (f"s:{ROLE}?external_id=", "bad value for option 'external_id'."),
        (f"s:{ROLE}?via=nope", "via profile 'nope' not found."),
        ('"unclosed:prod-profile', "unbalanced double quote."),
        (
            "prod:12345678901",
            "'12345678901' looks like an account id but is not 12 digits.",
        ),
        (
            "prod:AKIAIOSFODNN7EXAMPLE",
            "1 (not repeated here): this is an access key id "
            "- never put keys here; use a profile.",
        ),
        (
            "a:b:c",
            "too many ':' - quote names that contain a colon: \"a:b\":profile.",
        ),
        (
            "s:arn:aws:iam::123456789012:role/a,b",
            "2 ('b'): profile 'b' not found "
            "(known: default, prod-profile, staging-profile) "
            "- if the previous role name or path contains a comma, "
            "write it as %2C or use the JSON form.",
        ),
        ("#only", "no accounts, only comments."),
        ("[{]", "not valid JSON: Expecting property name enclosed in double quotes at"),
        ('[{"name":"x"}]', "1 ('x'): exactly one of profile, role_arn."),
        (
            '[{"role_arn":"arn:aws:iam::1:role/x"}]',
            "account id '1' is not 12 digits - keep leading zeros.",
        ),
    ],
)
def test_what_cannot_be_understood_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse(text)

    assert str(error.value).startswith("AWS_ACCOUNTS")
    assert sentence in str(error.value)


def test_every_bad_entry_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as error:
        parse("prod:nope,dev:prod-profile,x:12345678901")

    first, second = str(error.value).splitlines()
    assert first.startswith("AWS_ACCOUNTS entry 1 ('prod:nope')")
    assert second.startswith("AWS_ACCOUNTS entry 3 ('x:12345678901')")


def test_the_good_entries_remain_beside_the_bad() -> None:
    found = read_accounts("prod:nope,dev:prod-profile", profiles=PROFILES)

    [problem] = found.problems
    assert "nope" in problem
    assert found.accounts == (Account(name="dev", profile="prod-profile"),)


def test_an_external_id_is_never_repeated() -> None:
    with pytest.raises(ConfigurationError) as error:
        parse(f"s:{ROLE}?external_id=hunter22&via=nope")

    assert "hunter22" not in str(error.value)
    assert "hunter22" not in repr(parse(f"s:{ROLE}?external_id=hunter22"))


def test_a_secret_beside_a_key_is_never_repeated() -> None:
    with pytest.raises(ConfigurationError) as error:
        parse("prod:AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG")

    assert "wJalr" not in str(error.value)


def test_an_account_id_alone_needs_a_role_name() -> None:
    with pytest.raises(ConfigurationError, match="needs AWS_ROLE_NAME"):
        parse_accounts("prod:123456789012")


def test_a_discovered_account_is_in_the_partition_of_its_payer() -> None:
    [account] = parse_accounts(
        "123456789012", default_role="finops/Reader", partition="aws-cn"
    )

    assert account.role_arn == "arn:aws-cn:iam::123456789012:role/finops/Reader"


def test_accounts_listed_as_json_are_checked_like_the_others() -> None:
    twice = f'[{{"name": "a", "role_arn": "{ROLE}"}}, {{"role_arn": "{ROLE}"}}]'

    with pytest.raises(ConfigurationError, match="same role as 'a'"):
        parse(twice)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "must be an object"),
        ('{"profile": "nope"}', "profile 'nope' not found"),
        ('{"profile": "default", "via": "x"}', "only a role has via"),
        ('{"profile": 3}', "profile must be text"),
        ('{"profil": "default"}', "unknown keys: profil"),
        (f'{{"role_arn": "{ROLE}", "external_id": "?"}}', "bad value"),
        (f"s:{ROLE}?duration=900&duration=901", "given twice"),
        ("s:arn:aws:s3::123456789012:role/X", "expected 'iam'"),
        (f"{'n' * 65}:default", "1-64 printable"),
        ("x:[a]", "brackets"),
        ("s:arn:aws:iam::123456789012:role/a b/c", "path is not valid"),
    ],
)
def test_further_faults_are_explained_too(text: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        parse(text)
