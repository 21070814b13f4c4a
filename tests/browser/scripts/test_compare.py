"""Areas set side by side, and what may be said of them."""

from collections.abc import Sequence
from typing import Any

import pytest
from browser.scripts.small_site import BRIGHTON, BRISTOL, FOCUSED, STOKE, SUSSEX_NOW, Open, tab_to
from playwright.sync_api import Page, expect


def compared(visit: Open, query: str, **named: Any) -> Page:
    page: Page = visit(f"compare/{query}", **named).page
    page.locator(".comparison > *").first.wait_for()
    return page


def faults(page: Page) -> list[str]:
    return page.locator(".compare__faults li").all_inner_texts()


def test_two_areas_are_compared_in_a_sentence_and_a_table(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05w&year=2020-21")
    section = page.get_by_role("region", name="Comparison", exact=True)
    assert section.locator("h2").inner_text() == (
        "Stoke on Trent’s recovery rate is almost double Brighton and Hove’s: ratio 1.87 (95% interval 1.76 to 1.99)."
    )
    assert section.locator("> p").all_inner_texts() == [
        "Recovery rate: of those at caseness",
        "The difference is 29.6 percentage points (95% interval 26.9 to 32.2).",
    ]
    head = section.locator("thead th").all_inner_texts()
    assert [" ".join(text.split()) for text in head] == [
        "Metric",
        "Brighton and Hove CCG 09D",
        "Stoke on Trent CCG 05W",
        "England",
    ]
    rows = [
        [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
        for row in section.locator("tbody tr").all()
    ]
    assert rows == [
        [
            "Recovery rate of those at caseness",
            "34% 32.3 to 35.8% clearly worse than England rank 135 of 135",
            "64% 61.6 to 65.6% not clearly different from England not ranked",
            "51.4% 51.3 to 51.5%",
        ],
        ["Referrals received", "8,360", "[x]", "[x]"],
        ["Waited over 18 weeks of those who finished", "[c]", "[x]", "[x]"],
    ]
    notes = section.locator(".comparison__notes li").all_inner_texts()
    assert "[c] hidden because the number is small" in notes
    assert "[x] not in the figures of the year" in notes
    assert faults(page) == []


def test_the_rates_compared_are_drawn_with_their_intervals(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05W&year=2020-21")
    drawn = page.locator(".beside svg")
    assert drawn.get_attribute("aria-label") == (
        "Recovery rate: Brighton and Hove 34%, interval 32.3 to 35.8%; Stoke on Trent 64%, interval 61.6 to 65.6%; "
        "England 51.4%."
    )
    place = "node => node.getBoundingClientRect().x + node.getBoundingClientRect().width / 2"
    brighton, stoke = (dot.evaluate(place) for dot in drawn.locator(".beside__dot").all())
    england = drawn.locator(".beside__england").evaluate(place)
    shares = [100 * 930 / 2735, 100 * 306990 / 597382, 100 * 1450 / 2280]
    assert (england - brighton) / (stoke - brighton) == pytest.approx(
        (shares[1] - shares[0]) / (shares[2] - shares[0]), abs=0.01
    )
    page.locator("#compare-rate").focus()
    assert page.locator("#compare-rate option").all_inner_texts() == ["Recovery rate"]
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_function("document.querySelector('.beside svg').getAttribute('width') < 320")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_of_three_areas_the_highest_and_lowest_are_named_fairly(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05W&c=12F&d=97R&e=99Z&year=2020-21")
    assert page.locator(".comparison h2").inner_text() == (
        "Of the areas shown, Stoke on Trent has the highest recovery rate (64%) and Brighton and Hove the lowest "
        "(34%): 29.6 percentage points apart (95% interval 26.9 to 32.2, which excludes 0)."
    )
    said = page.locator(".comparison > p").all_inner_texts()
    assert said[-1] == (
        "Not named highest or lowest: East Sussex (its figures carry a warning) and "
        "Small Place (fewer than 500 referrals)."
    )
    notes = page.locator(".comparison__notes li").all_inner_texts()
    assert "East Sussex: More courses finished (775) than referrals received (500)." in notes


def test_areas_that_cannot_be_told_apart_are_not_called_alike(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=12F&year=2020-21")
    assert page.locator(".comparison h2").inner_text() == (
        "These figures alone do not show whether Wirral’s recovery rate or Brighton and Hove’s is the higher: "
        "ratio 1.03 (95% interval 0.96 to 1.11)."
    )
    assert "no difference" not in page.inner_text("main").lower()


def test_areas_of_two_kinds_are_shown_with_a_warning(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=QNX&year=2020-21")  # in 2020-21 the code is the STP's
    assert page.locator(".comparison > p").all_inner_texts()[-1] == (
        "These are not areas of one kind: Brighton and Hove (CCG) and Sussex and East Surrey (STP). Larger areas average "
        "out differences, so the spread of one kind says nothing of another’s."
    )
    assert page.locator(".comparison thead th").count() == 4


def test_an_area_without_the_year_says_which_it_has_and_what_it_became(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=QNX&year=2022-23")
    assert faults(page) == [
        f"{BRIGHTON} has no figures for 2022-23: it has those of 2020-21 and 2021-22. It is {SUSSEX_NOW}."
    ]
    assert page.locator(".comparison h2").count() == 0


def test_codes_and_years_that_are_none_and_figures_that_are_not_there_are_told_in_words(visit: Open) -> None:
    page = compared(visit, "?a=ZZZ&b=09D&c=%3Cb%3E&d=15C&year=1999", quiet=False)
    assert faults(page) == [
        "No area has the code “ZZZ”.",
        "No area has the code “<B>”.",
        "There are no figures for “1999”: those of 2021-22 are shown.",
        f"The figures of {BRISTOL} could not be fetched. Try again later.",
    ]
    assert page.locator(".comparison thead a").all_inner_texts() == ["Brighton and Hove"]


def test_a_list_that_cannot_be_fetched_stops_the_comparison_in_words(visit: Open) -> None:
    page = visit("lost/?a=09D", quiet=False).page
    expect(page.locator(".compare__faults")).to_have_text("The list of areas could not be fetched. Try again later.")


def test_an_address_without_areas_asks_for_some(visit: Open) -> None:
    page = compared(visit, "")
    assert page.locator(".comparison").inner_text() == "Add two to six areas to compare them."
    assert faults(page) == []


def test_areas_are_added_and_removed_by_keyboard_and_the_address_keeps_them(visit: Open, home: str) -> None:
    page = compared(visit, "?a=09D&year=2020-21")
    tab_to(page, "#compare-add")
    page.keyboard.type("stoke")
    page.keyboard.press("Enter")
    heading = page.locator(".comparison h2")
    expect(heading).to_contain_text("almost double")
    assert page.url == f"{home}compare/?a=09D&b=05W&year=2020-21"
    expect(page.locator(".compare__said")).to_have_text(f"{STOKE} added.")
    page.keyboard.type("stoke")
    page.keyboard.press("Enter")
    expect(page.locator(".compare__said")).to_have_text(f"{STOKE} is there already.")

    page.reload()
    expect(heading).to_contain_text("almost double")
    page.get_by_role("link", name="All areas").click()
    page.wait_for_url(f"{home}areas/")
    page.go_back()
    expect(heading).to_contain_text("almost double")
    assert page.locator(".compare__areas span").all_inner_texts() == [BRIGHTON, STOKE]

    tab_to(page, "[aria-label='Remove NHS Brighton and Hove CCG']")
    page.keyboard.press("Enter")
    expect(page.locator(".compare__areas span")).to_have_text([STOKE])
    assert page.evaluate(FOCUSED) == f"Remove {STOKE}", "the focus goes to what took its place"
    page.keyboard.press("Enter")
    expect(page.locator(".compare__areas span")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "compare-add"
    expect(page).to_have_url(f"{home}compare/?year=2020-21")


def test_an_older_and_a_newer_area_of_one_code_both_come_back(visit: Open, home: str) -> None:
    page = compared(visit, "?year=2020-21")
    for typed in ("sussex surrey", "hove"):
        page.locator("#compare-add").fill(typed)
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{home}compare/?a=E54000033&b=09D&year=2020-21")
    page.reload()
    expect(page.locator(".compare__areas span")).to_have_text(["Sussex and East Surrey STP", BRIGHTON])


def test_a_seventh_area_is_refused(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05W&c=12F&d=97R&e=99Z&f=QNX&year=2020-21")
    page.locator("#compare-add").fill("kernow")
    page.keyboard.press("Enter")
    expect(page.locator(".compare__said")).to_have_text("Six areas at most: remove one first.")
    assert page.locator(".compare__areas li").count() == 6


def test_the_year_is_chosen_and_kept_in_the_address(visit: Open, home: str) -> None:
    page = compared(visit, "?a=09D")
    year_ = page.get_by_label("Year")
    assert year_.input_value() == "2021-22", "the latest that the areas have"
    year_.select_option("2020-21")
    expect(page).to_have_url(f"{home}compare/?a=09D&year=2020-21")
    expect(page.locator(".comparison tbody td").first).to_contain_text("34%")


def test_the_address_is_copied(visit: Open, home: str) -> None:
    page = compared(visit, "?a=09D&b=05W&year=2020-21", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.locator(".compare__said")).to_have_text("The address of this comparison is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{home}compare/?a=09D&b=05W&year=2020-21"


def test_the_intervals_are_those_of_the_methods_page(visit: Open) -> None:
    page = visit("compare/").page
    katz, newcombe, wilson = page.evaluate(
        """async () => {
          const {katz, newcombe, wilson} = await import("/js/statistics.js");
          const counts = [1450, 2280, 930, 2735];
          return [katz(...counts), newcombe(...counts), [[930, 2735], [0, 30], [30, 30]].map(pair => wilson(...pair))];
        }"""
    )
    assert katz == pytest.approx({"ratio": 1.8703, "low": 1.7600, "high": 1.9874}, abs=5e-5)
    assert newcombe == pytest.approx({"difference": 29.593, "low": 26.907, "high": 32.215}, abs=5e-4)
    assert wilson[0] == pytest.approx([0.3225181271, 0.3580037237], abs=1e-10)
    assert wilson[1] == pytest.approx([0, 0.113513], abs=1e-6)
    assert wilson[2] == pytest.approx([0.886487, 1], abs=1e-6)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.2, "1.20 times"),
        (1.749, "1.75 times"),
        (1.75, "almost double"),
        (1.9, "almost double"),
        (2, "roughly double"),
        (2.1, "roughly double"),
        (2.11, "2.11 times"),
    ],
)
def test_a_word_for_a_ratio_follows_the_rule(ratio: float, words: str, visit: Open) -> None:
    page = visit("compare/").page
    assert page.evaluate("ratio => import('/js/verdict.js').then(({times}) => times(ratio))", ratio) == words


@pytest.mark.parametrize(
    ("sides", "first"),
    [
        ([], None),
        ([(930, 2735)], None),
        ([(5, 25), (10, 40)], "Too little is published to compare the two recovery rates."),
        ([(None, None), (10, 40)], "Too little is published to compare the two recovery rates."),
        ([(300, 400), (10, 40), (5, 20)], "Too few of these areas can be named highest or lowest."),
        (
            [(900, 1000), (300, 1000)],
            "Area 1’s recovery rate is 3.00 times Area 2’s (95% interval 2.72 to 3.31).",
        ),
    ],
)
def test_a_verdict_is_given_only_where_the_figures_allow_one(
    sides: Sequence[tuple[int, int]], first: str | None, visit: Open
) -> None:
    page = visit("compare/").page
    given = [
        {"name": f"Area {place}", "text": "", "numerator": x, "denominator": n, "flags": []}
        for place, (x, n) in enumerate(sides, 1)
    ]
    said = page.evaluate("sides => import('/js/verdict.js').then(({verdict}) => verdict(sides))", given)
    assert (said or [None])[0] == first
