"""The finder: an area found by name, former name, code or council."""

import pytest
from browser.scripts.small_site import BRIGHTON, BRISTOL, STOKE, SUSSEX, Open, find, tab_to
from playwright.sync_api import expect


def test_an_area_is_found_by_its_council_with_the_keyboard_alone(visit: Open, home: str) -> None:
    page = visit("").page
    tab_to(page, "#find")
    page.keyboard.type("lewes")
    field_ = page.get_by_role("combobox", name="Find your area")
    expect(field_).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field_.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("NHS East Sussex CCG")
    expect(chosen).to_contain_text("CCG · 2020-21 to 2021-22 · now part of NHS Sussex ICB")
    expect(chosen).to_contain_text("Council area: Lewes")
    assert page.evaluate("document.activeElement.id") == "find", "the focus stays in the field"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}areas/97r/")


@pytest.mark.parametrize(
    ("typed", "name", "why"),
    [
        ("brighton", BRIGHTON, ""),
        ("BRIGHTON AND HOVE", BRIGHTON, ""),
        ("brighton & hove", BRIGHTON, ""),
        ("Hove, Brighton", BRIGHTON, ""),
        ("nhs brighton ccg", BRIGHTON, ""),
        ("brighton an", BRIGHTON, ""),
        ("stoke-on-trent", STOKE, ""),
        ("stoke on trent", STOKE, ""),
        ("Stôke", STOKE, ""),
        ("stokeontrent", STOKE, ""),
        ("05w", STOKE, "Code 05W"),
        ("e54000033", "Sussex and East Surrey STP", "Code E54000033"),
        ("12F", "NHS Wirral CCG", "Code 12F"),
        ("bnssg", BRISTOL, ""),
        ("saint helens", "NHS St Helens CCG", ""),
        ("hailsham", "NHS East Sussex CCG", "Formerly NHS Eastbourne, Hailsham and Seaford CCG"),
        ("Cornwall", "NHS Kernow CCG", "Council area: Cornwall, in whole or in part"),
        ("Sussex Partnership Trust", "Sussex Partnership NHS Foundation Trust", ""),
    ],
)
def test_the_finder_forgives_how_people_type(typed: str, name: str, why: str, visit: Open) -> None:
    first = find(visit("").page, typed)[0]
    assert first[0] == name
    assert (first[2:] or [""])[0] == why


@pytest.mark.parametrize("typed", ["brihgton", "brigton", "brightton", "brichton", "brightom", "brihgton hove"])
def test_one_slip_in_a_long_word_is_forgiven_and_said(typed: str, visit: Open) -> None:
    page = visit("").page
    assert [lines[0] for lines in find(page, typed)] == [BRIGHTON]
    assert page.locator(".finder__said").inner_text() == f"Nothing is spelt “{typed}”; this is near it."
    expect(page.locator(".finder [role=status]")).to_have_text(f"1 area. Nothing is spelt “{typed}”; this is near it.")


def test_two_slips_or_a_slip_in_a_short_word_find_nothing(visit: Open) -> None:
    page = visit("").page
    assert find(page, "birhgtno") == []
    assert find(page, "hobe") == []


def test_names_come_before_councils_and_areas_of_today_before_those_of_the_past(visit: Open) -> None:
    names = [lines[0] for lines in find(visit("").page, "sussex")]
    assert names == [
        SUSSEX,  # of that name exactly
        "Sussex and East Surrey STP",  # beginning with it
        "Sussex Partnership NHS Foundation Trust",
        "NHS West Sussex CCG",  # holding it
        "NHS East Sussex CCG",  # holding it, and gone
    ]


def test_ten_areas_are_shown_and_the_rest_are_counted(visit: Open) -> None:
    page = visit("").page
    assert len(find(page, "northern place")) == 10
    assert page.locator(".finder__said").inner_text() == "2 more: type on"
    expect(page.locator(".finder [role=status]")).to_have_text("12 areas. 2 more: type on")


def test_a_search_without_an_answer_says_what_to_try(visit: Open) -> None:
    page = visit("").page
    assert find(page, "atlantis") == []
    words = "No area is called “atlantis”. Try a council, how a name begins, or a code such as 09D."
    assert page.locator(".finder__said").inner_text() == words
    expect(page.locator(".finder [role=status]")).to_have_text(words)
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    assert page.locator(".finder__said").is_visible()


def test_what_is_typed_is_never_markup(visit: Open) -> None:
    page = visit("").page
    find(page, "<b>zzzzz</b>")
    assert "<b>zzzzz</b>" in page.locator(".finder__said").inner_text()
    assert page.locator(".finder__popup b").count() == 0


def test_enter_takes_the_first_and_escape_clears(visit: Open, home: str) -> None:
    page = visit("").page
    find(page, "kernow")
    page.keyboard.press("Escape")
    expect(page.locator(".finder__popup")).to_be_hidden()
    assert page.locator("#find").input_value() == ""
    page.keyboard.type("kernow")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}areas/11n/")


def test_the_arrow_keys_go_round_by_way_of_the_field(visit: Open) -> None:
    page = visit("").page
    find(page, "lewes")
    marked = []
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        marked.append(
            page.evaluate("[...document.querySelectorAll('[role=option]')].findIndex(o => o.ariaSelected === 'true')")
        )
    assert marked == [1, 0, -1, 0, 1, -1]
    assert page.locator("#find").get_attribute("aria-activedescendant") is None


def test_an_area_can_be_clicked(visit: Open, home: str) -> None:
    page = visit("", 390).page
    find(page, "wirral")
    page.get_by_role("option").first.click()
    page.wait_for_url(f"{home}areas/12f/")


def test_the_list_is_fetched_when_it_is_needed_and_once(visit: Open) -> None:
    found = visit("")
    assert not any(url.endswith(".json") for url in found.asked)
    find(found.page, "hove")
    find(found.page, "stoke")
    assert sum(url.endswith("finder.json") for url in found.asked) == 1


def test_a_list_that_cannot_be_fetched_is_told_in_words(visit: Open) -> None:
    page = visit("lost-finder/", quiet=False).page
    assert find(page, "hove") == []
    assert page.locator(".finder__said").inner_text() == "The list of areas could not be fetched. Try again later."
