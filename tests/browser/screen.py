"""What a person sees on the page, and what they do."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, expect

IDLE: Final = '[data-testid="stApp"][data-test-script-state="notRunning"]'

CHART: Final = '[data-testid="stVegaLiteChart"] svg.marks'

TEXTS_OF_CHARTS: Final = """
() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg.marks')].map(
  chart => {
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll('text')]
      .filter(text => text.textContent && text.getAttribute('opacity') !== '0'
        && getComputedStyle(text).opacity !== '0')
      .map(text => ({text: text.textContent, box: text.getBoundingClientRect()}))
      .filter(({box}) => box.width > 0);
    const cut = texts.filter(({box}) =>
      box.left < frame.left - 2 || box.right > frame.right + 2
      || box.top < frame.top - 2 || box.bottom > frame.bottom + 2);
    const touching = texts.flatMap((one, place) => texts.slice(place + 1)
      .filter(two => one.box.left < two.box.right - 1
        && two.box.left < one.box.right - 1
        && one.box.top < two.box.bottom - 3
        && two.box.top < one.box.bottom - 3)
      .map(two => `${one.text} | ${two.text}`));
    return {cut: cut.map(({text}) => text), touching};
  })
"""

FAINT: Final = """
() => {
  const rgba = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], ground) =>
    [r, g, b].map((part, place) => part * a + ground[place] * (1 - a));
  const luminance = colour => {
    const [r, g, b] = colour.map(part => part / 255).map(part =>
      part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [dark, bright] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = element => {
    const layer = rgba(getComputedStyle(element).backgroundColor);
    return layer[3] === 1 || !element.parentElement
      ? layer.slice(0, 3) : over(layer, ground(element.parentElement));
  };
  const opacity = element =>
    element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    const style = getComputedStyle(element);
    const seen = element.checkVisibility({visibilityProperty: true});
    if (!text || !seen || element.closest(':disabled')) continue;
    const drawn = element.closest('svg');
    const [r, g, b, a] = rgba(drawn ? style.fill : style.color);
    const under = ground(drawn ? drawn.parentElement : element);
    const colour = over([r, g, b, a * opacity(element)], under);
    const chosen = element.closest('[aria-checked=true], [aria-selected=true]');
    const large = parseFloat(style.fontSize) >= 24;
    const least = large ? 3 : chosen ? 3.8 : 4.5;
    const found = contrast(colour, under);
    if (opacity(element) && found < least) faint.push(`${text} ${found.toFixed(2)}`);
  }
  return faint;
}
"""
"""Texts with less contrast than WCAG 2 asks at level AA.

What is chosen in the dark has the theme's one colour on a tint of itself, which
also has white letters on it elsewhere: 4.5 for both cannot be had.
"""

CUT_SHORT: Final = """
() => [...document.querySelectorAll('main *')]
  .filter(element => getComputedStyle(element).textOverflow === 'ellipsis'
    && element.scrollWidth > element.clientWidth + 1)
  .map(element => element.innerText)
"""

SIDEWAYS: Final = """
() => {
  const main = document.querySelector('main');
  return Math.max(
    document.documentElement.scrollWidth - innerWidth,
    main.scrollWidth - main.clientWidth);
}
"""


def drawn(page: Page, title: str, *, charts: int = 0) -> None:
    """Wait until the page of that title is there with its charts."""
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(
        timeout=30_000
    )
    expect(page.locator(CHART)).to_have_count(charts, timeout=30_000)
    page.wait_for_selector(IDLE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def follow(page: Page, name: str, *, charts: int = 0) -> None:
    """Go to another page by the navigation."""
    named = page.get_by_text(name, exact=True)  # an icon is a text too: "savings"
    link = page.get_by_test_id("stTopNavLink").filter(has=named)
    menus = page.get_by_test_id("stTopNavSection")
    for place in range(menus.count()):
        if not link.count():
            menus.nth(place).click()
            link = page.get_by_test_id("stTopNavDropdownLink").filter(has=named)
    if not link.count():
        drawer = page.get_by_test_id("stExpandSidebarButton")
        if drawer.is_visible():
            drawer.click()
        link = page.get_by_test_id("stSidebarNavLink").filter(has=named)
    link.first.click()
    drawn(page, name, charts=charts)


def pick_row(page: Page, chart: str, place: int) -> None:
    """Click on a row of a ranking; the last part of its key may count picks."""
    drawing = page.locator(f'[class*="st-key-{chart}"] svg.marks').first
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box
    page.mouse.click(box["x"] + 90, box["y"] + 20 + 38 * place)


def blemishes(page: Page) -> list[str]:
    """Texts in charts that are cut off, or that touch another."""
    return [
        f"{kind}: {text}"
        for chart in page.evaluate(TEXTS_OF_CHARTS)
        for kind, texts in chart.items()
        for text in texts
    ]


def cut_short(page: Page) -> list[str]:
    """Texts outside of charts that end in dots for want of room."""
    return list(page.evaluate(CUT_SHORT))


def faint(page: Page) -> list[str]:
    """Texts that are hard to read on their ground, with their contrast."""
    return list(page.evaluate(FAINT))


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate(SIDEWAYS))
