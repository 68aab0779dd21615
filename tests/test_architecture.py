from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PAGES = sorted(PROJECT.glob("pages/**/*.py"))
MODULES = [*PROJECT.glob("app.py"), *PAGES, *PROJECT.glob("finops/**/*.py")]
LONGEST_PAGE = 120
LONGEST_MODULE = 300

LOUD = re.compile(r"!(\s|$)|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


def strings_in(path: Path) -> Iterator[str]:
    """The texts in a module's code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that are loaded after `statement`."""
    show = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{show}"],
        capture_output=True,
        check=True,
        cwd=PROJECT,
        env={"PYTHON_DOTENV_DISABLED": "1"},
        text=True,
        timeout=60,
    )
    return set(ran.stdout.split())


def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    heavy = {"pandas", "numpy", "ibis", "duckdb", "boto3", "streamlit", "altair"}
    heavy |= {"anthropic", "pydantic", "sqlite_utils"}

    assert loaded_by("import finops.cli") & heavy == set()


def test_a_command_over_the_demo_loads_no_way_to_aws_or_the_browser() -> None:
    command = (
        "from click.testing import CliRunner\n"
        "from finops.cli import cli\n"
        "CliRunner().invoke(cli, ['--source', 'demo', 'accounts'])"
    )

    loaded = loaded_by(command)

    assert "pandas" in loaded
    assert loaded & {"boto3", "botocore", "streamlit", "altair", "ibis"} == set()


def test_analysis_knows_neither_aws_nor_the_browser() -> None:
    modules = sorted(PROJECT.glob("finops/analysis/**/*.py"))
    names = [
        ".".join(module.relative_to(PROJECT).with_suffix("").parts)
        for module in modules
    ]

    loaded = loaded_by("\n".join(f"import {name}" for name in names))

    assert len(names) > 5
    assert loaded & {"boto3", "botocore", "streamlit", "altair", "ibis"} == set()


def test_statsmodels_waits_for_the_first_forecast() -> None:
    loaded = loaded_by("import finops.analysis.forecasting")

    assert "numpy" in loaded
    assert "statsmodels" not in loaded


def test_imports_are_checked_whenever_code_is() -> None:
    _, _, check = (PROJECT / "Makefile").read_text().partition("\ncheck:")

    recipe, _, _ = check.partition("\n\n")
    assert "/lint-imports" in recipe


def test_pages_lie_one_folder_down() -> None:
    """Streamlit runs a file in `pages` itself without app.py, on a deep link."""
    assert [page for page in PAGES if page.parent == PROJECT / "pages"] == []


def test_pages_are_thin() -> None:
    lines = {page.name: len(page.read_text().splitlines()) for page in PAGES}

    assert {name: n for name, n in lines.items() if n > LONGEST_PAGE} == {}


def test_the_app_speaks_calmly() -> None:
    """No emoji, no exclamation marks in what is shown."""
    screens = [*PROJECT.glob("app.py"), *PAGES, *PROJECT.glob("finops/web/**/*.py")]

    loud = [text for path in screens for text in strings_in(path) if LOUD.search(text)]

    assert loud == []


def test_nothing_writes_html_of_its_own_into_the_app() -> None:
    unsafe = [path.name for path in MODULES if "unsafe_allow_html" in path.read_text()]

    assert unsafe == []


def test_a_module_is_short_and_says_what_it_answers() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in MODULES}

    odd = [
        path.name
        for path, text in texts.items()
        if not text.startswith('"""') or len(text.splitlines()) > LONGEST_MODULE
    ]

    assert odd == []
