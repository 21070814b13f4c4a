"""The labelled set itself: what is in it, what is not and why, and that it tells a good detector from a bad one."""

import re

from claims.labelled import (
    NOT_STATISTICAL,
    STATISTICAL_KINDS,
    LabelledClaim,
    OrdinarySentence,
    Span,
    labelled_claims,
    measure,
    read_ordinary,
    read_post_claims,
)


def nothing(text: str) -> list[Span]:
    return []


def everything(text: str) -> list[Span]:
    return [(0, len(text))]


def digits(text: str) -> list[Span]:
    return [found.span() for found in re.finditer(r"\d+", text)]


def test_there_are_three_hundred_ordinary_sentences_of_many_kinds() -> None:
    sentences = read_ordinary()
    assert len(sentences) == len({sentence.text for sentence in sentences}) == 300
    assert len({sentence.kind for sentence in sentences}) >= 15


def test_ordinary_sentences_are_full_of_numbers() -> None:
    # A detector that only looked for digits must do badly on them, or they would show nothing.
    assert measure(digits, [LabelledClaim("", "9%", (0, 2))], read_ordinary()).false_alarm_rate > 0.4


def test_finding_nothing_and_crying_out_at_everything_are_told_apart() -> None:
    claims, sentences = labelled_claims(), read_ordinary()
    silent, loud = measure(nothing, claims, sentences), measure(everything, claims, sentences)
    assert (silent.recall, silent.false_alarm_rate) == (0, 0)
    assert (loud.recall, loud.false_alarm_rate) == (1, 1)


def test_a_claim_is_found_only_at_its_own_number() -> None:
    claim = LabelledClaim("a", "Of 120 there were 30%.", (18, 21))
    assert claim.words == "30%"
    assert measure(lambda text: [(3, 6)], [claim], [OrdinarySentence("date", "")]).missed == (claim,)
    assert measure(lambda text: [(18, 20)], [claim], [OrdinarySentence("date", "")]).missed == ()


def test_a_score_lists_what_went_wrong() -> None:
    claim, sentence = LabelledClaim("a", "It doubled.", (3, 10)), OrdinarySentence("page number", "See page 6.")
    assert str(measure(digits, [claim], [sentence])) == (
        "found 0 of 1 claims (0.0%), cried out in 1 of 1 ordinary sentences (100.0%)\n"
        "  missed a: doubled\n"
        '  false alarm at "6" (page number): See page 6.'
    )


def test_every_row_left_out_is_of_a_statistical_kind_and_says_why() -> None:
    kinds = {row.id: row.kind for row in read_post_claims()}
    assert {kinds[left_out] for left_out in NOT_STATISTICAL} <= set(STATISTICAL_KINDS)
    assert all(NOT_STATISTICAL.values())


def test_every_kind_of_row_is_either_statistical_or_known_not_to_be() -> None:
    assert {row.kind for row in read_post_claims()} == {*STATISTICAL_KINDS, "definition", "other"}


def test_every_statistical_claim_is_found_in_its_post() -> None:
    rows = read_post_claims()
    claims = labelled_claims(rows)
    assert len(claims) == sum(row.is_statistical for row in rows) > 140
    assert all(claim.words.strip() for claim in claims)


def test_a_number_in_figures_is_the_target_where_the_claim_states_one() -> None:
    words = {claim.id: claim.words for claim in labelled_claims()}
    assert [words[asked] for asked in ("000-01", "001-08", "001-14", "003-30")] == ["13", "32", "1,095,739", "2914"]
