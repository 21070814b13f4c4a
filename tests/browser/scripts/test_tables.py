"""Sorting and filtering tables."""

from collections.abc import Sequence

import pytest
from browser.scripts.small_site import Open, column


@pytest.mark.parametrize(
    ("heading", "number", "first", "second"),
    [
        (
            "Area",
            0,
            ["England", "Amber Valley", "Bath", "cheshire", "Dover", "Eden", "Élysée"],
            ["England", "Élysée", "Eden", "Dover", "cheshire", "Bath", "Amber Valley"],
        ),
        (
            "Referrals",
            2,
            ["1,456,446", "12,000", "8,360", "1,205", "990", "2", "[x]"],
            ["1,456,446", "2", "990", "1,205", "8,360", "12,000", "[x]"],
        ),
        (
            "Change",
            3,
            ["0.3", "+3", "2.0", "1", "0", "−1.5", "−10.2"],
            ["0.3", "−10.2", "−1.5", "0", "1", "2.0", "+3"],
        ),
        (
            "Recovery rate",  # Dover's and Eden's 50% stand for 50.4 and 49.6
            0,
            ["England", "Élysée", "Dover", "Eden", "Bath", "cheshire", "Amber Valley"],
            ["England", "cheshire", "Bath", "Eden", "Dover", "Élysée", "Amber Valley"],
        ),
    ],
)
def test_a_table_is_sorted_by_keyboard(
    heading: str, number: int, first: Sequence[str], second: Sequence[str], visit: Open
) -> None:
    page = visit("standings/").page
    button = page.get_by_role("columnheader", name=heading, exact=True).get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    assert column(page, number) == first
    names = heading == "Area"
    header = page.get_by_role("columnheader", name=heading)
    assert header.get_attribute("aria-sort") == ("ascending" if names else "descending")
    words = f"Sorted by {heading}, {'from A to Z' if names else 'highest first'}"
    assert page.locator("main > article > p[role=status]").inner_text() == words
    page.keyboard.press("Space")
    assert column(page, number) == second
    assert header.get_attribute("aria-sort") == ("descending" if names else "ascending")
    page.get_by_role("button", name="Change" if heading != "Change" else "Area").click()
    assert page.locator("[aria-sort]").count() == 1, "one column is sorted at a time"


def test_a_heading_with_nothing_to_sort_is_left_alone_and_an_arrow_is_seen(visit: Open) -> None:
    page = visit("standings/").page
    assert page.get_by_role("columnheader", name="Note").get_by_role("button").count() == 0
    arrow = "getComputedStyle(document.querySelector('.sort'), '::after').content"
    assert "↕" in page.evaluate(arrow)
    page.get_by_role("button", name="Area").click()
    assert "↑" in page.evaluate(arrow)


def test_a_table_is_filtered_with_a_live_count(visit: Open) -> None:
    page = visit("standings/").page
    page.get_by_label("Keep the areas with").fill("elys")
    assert column(page, 0) == ["Élysée", "England"]
    count = page.locator(".table-filter output")
    assert count.inner_text() == "1 of 6 rows"
    page.get_by_label("Keep the areas with").fill("zz")
    assert count.inner_text() == "No row holds “zz”"
    page.keyboard.press("Escape")
    assert len(column(page, 0)) == 7
    assert count.inner_text() == "6 rows"
