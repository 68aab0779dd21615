"""A location is a file, a pattern or a folder; what is wrong with it is said."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from finops.errors import (
    ConfigurationError,
    EmptySourceError,
    FinOpsError,
    MalformedTableError,
    SourceError,
)
from finops.sources.warehouse import open_warehouse
from tests.adapters.made_up_bills import (
    TODAY,
    cur_line,
    opened,
    rows,
    total,
    write_csv,
    write_parquet,
)


def test_a_folder_is_read_with_the_folders_in_it(tmp_path: Path) -> None:
    write_csv(tmp_path / "bills" / "march" / "a.csv", [cur_line(1.0)])
    write_csv(tmp_path / "bills" / "april" / "b.csv.gz", [cur_line(2.0)])
    write_parquet(tmp_path / "bills" / "c.parquet", [cur_line(4.0)])
    (tmp_path / "bills" / "README.md").write_text("not a bill")

    bill = opened(tmp_path / "bills")

    assert total(bill) == 7.0
    assert bill.name == "bills"


def test_a_pattern_chooses_files(tmp_path: Path) -> None:
    write_csv(tmp_path / "2026-03.csv", [cur_line(1.0)])
    write_csv(tmp_path / "2026-04.csv", [cur_line(2.0)])
    write_csv(tmp_path / "deep" / "2026-04.csv", [cur_line(4.0)])

    assert total(opened(tmp_path / "*-04.csv")) == 2.0
    assert total(opened(tmp_path / "**" / "*-04.csv")) == 6.0


@pytest.mark.parametrize(
    "name", ["a[1].csv", "b*.csv", "c?.csv", "d'e.csv", "f{1}.csv"]
)
def test_a_file_may_have_a_name_that_looks_like_a_pattern(
    tmp_path: Path, name: str
) -> None:
    write_csv(tmp_path / name, [cur_line(1.0)])
    write_csv(tmp_path / "bx.csv", [cur_line(2.0)])
    write_csv(tmp_path / "a1.csv", [cur_line(4.0)])

    assert total(opened(tmp_path / name)) == 1.0


def test_a_path_is_relative_to_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_csv(tmp_path / "bill.csv", [cur_line(1.0)])
    monkeypatch.chdir(tmp_path)

    for location in ("bill.csv", "*.csv", "."):
        bill = open_warehouse(location, cache_dir=tmp_path / "cache", today=TODAY)
        assert total(bill) == 1.0


def test_the_status_file_of_a_report_is_no_bill(tmp_path: Path) -> None:
    write_parquet(tmp_path / "cur" / "a.parquet", [cur_line(1.0)])
    status = tmp_path / "cur" / "cost_and_usage_data_status"
    write_parquet(status / "cost_and_usage_data_status.parquet", [{"status": "READY"}])

    assert total(opened(tmp_path / "cur")) == 1.0


def write_truncated_parquet(folder: Path) -> str:
    """A Parquet file that was cut off on its way."""
    whole = write_parquet(folder / "cut.parquet", [cur_line()] * 100)
    whole.write_bytes(whole.read_bytes()[:-100])
    return "cut.parquet"


def write_truncated_gzip(folder: Path) -> str:
    """A gzipped file that was cut off on its way."""
    lines = [cur_line(line_item_resource_id=os.urandom(20).hex()) for _ in range(9000)]
    whole = write_csv(folder / "cut.csv.gz", lines)
    whole.write_bytes(whole.read_bytes()[:-5000])
    return "cut.csv.gz"


def write_false_gzip(folder: Path) -> str:
    """A file that only pretends to be gzipped."""
    (folder / "false.csv.gz").write_text("date,cost\n2026-04-01,1\n")
    return "false.csv.gz"


def write_ragged(folder: Path) -> str:
    """A line with a value too many."""
    (folder / "ragged.csv").write_text("date,cost\n2026-04-01,1\n2026-04-02,1,000\n")
    return "ragged.csv"


def write_worded_amount(folder: Path) -> str:
    """An amount with a currency sign."""
    (folder / "dollars.csv").write_text('date,cost\n2026-04-01,"$1,000.00"\n')
    return "dollars.csv"


def write_worded_date(folder: Path) -> str:
    """A line of totals under the days."""
    (folder / "totals.csv").write_text("date,cost\n2026-04-01,1\nTotal,1\n")
    return "totals.csv"


@pytest.mark.parametrize(
    ("write", "kind", "complaint"),
    [
        (write_truncated_parquet, SourceError, "is not a whole Parquet file"),
        (write_truncated_gzip, SourceError, "Unexpected end of GZIP stream"),
        (write_false_gzip, SourceError, "cannot be read as CSV text"),
        (write_ragged, MalformedTableError, "Expected Number of Columns: 2 Found: 3"),
        (write_worded_amount, MalformedTableError, "Could not convert string"),
        (write_worded_date, MalformedTableError, '"Total"'),
    ],
)
def test_a_damaged_file_is_explained_in_one_sentence(
    tmp_path: Path, write: object, kind: type[FinOpsError], complaint: str
) -> None:
    assert callable(write)
    name = write(tmp_path)

    with pytest.raises(kind) as raised:
        total(opened(tmp_path / name))

    assert name in str(raised.value)
    assert complaint in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.hint


def test_text_that_is_not_utf_8_is_explained_when_it_is_read(tmp_path: Path) -> None:
    text = "date,cost,team\n2026-04-01,1,Z\u00fcrich\n"
    (tmp_path / "latin.csv").write_bytes(text.encode("latin-1"))
    bill = opened(tmp_path)

    assert total(bill) == 1.0
    with pytest.raises(MalformedTableError, match=r"Line: 2 of latin\.csv.* utf-8"):
        rows(bill, "Tags.team")


@pytest.mark.parametrize(
    ("location", "complaint"),
    [
        ("nowhere.csv", "There is no file or folder"),
        ("nothing/*.parquet", "No bill matches"),
        (".", "holds no bill"),
        ("notes.txt", "notes.txt is neither a CSV nor a Parquet file."),
    ],
)
def test_a_location_without_a_bill_is_explained(
    tmp_path: Path, location: str, complaint: str
) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk")

    with pytest.raises(ConfigurationError, match=complaint) as raised:
        opened(tmp_path / location)

    assert raised.value.hint


def test_an_empty_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "bill.parquet").touch()

    with pytest.raises(EmptySourceError, match=r"bill\.parquet is empty\."):
        opened(tmp_path)


def test_nothing_is_written_when_a_bill_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_text("name,age\nAda,36\n")

    with pytest.raises(MalformedTableError):
        opened(tmp_path / "bill.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["bill.csv"]


def test_gzip_is_told_by_the_name(tmp_path: Path) -> None:
    file = tmp_path / "bill.csv.gz"
    file.write_bytes(gzip.compress(b"date,cost\n2026-04-01,1\n"))

    assert total(opened(file)) == 1.0
