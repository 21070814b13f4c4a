"""The methods page on board papers, against the code: the rules by which questions are chosen, in their order."""

import re
from pathlib import Path

from yearbook.formatting import number_word, sentence_case
from yearbook.wording import FEWER_FINISHED, QUESTIONS


def test_the_page_lists_every_rule_in_its_order(project: Path) -> None:
    page = (project / "content/methods/board-papers.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\d+\. (.+)\.$", page, re.MULTILINE)
    assert listed == [sentence_case(question.when) for question in QUESTIONS]


def test_the_rule_on_finished_courses_names_its_bound() -> None:
    (rule,) = [question for question in QUESTIONS if question.name == "leaving"]
    assert f"at least {number_word(FEWER_FINISHED)} fewer courses" in rule.when
