from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from finops.web.tour import STOPS, Stop
from tests.app.conftest import Open
from tests.app.fakes import company

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.label)
def test_each_stop_shows_its_page(app: AppTest, stop: Stop) -> None:
    app.run()
    for name, value in stop.filters.items():
        app.query_params[name] = value

    app.switch_page(stop.page).run()

    assert not app.exception
    assert (ROOT / stop.page).is_file()
    assert app.title


def captions(shown: AppTest) -> list[str]:
    return [caption.value for caption in shown.caption]


def test_the_overview_of_the_demo_offers_the_tour(app: AppTest) -> None:
    assert STOPS[0].why in captions(app.run())


def test_nobody_is_led_through_a_bill_of_their_own(opened: Open) -> None:
    assert STOPS[0].why not in captions(opened(company()).run())
