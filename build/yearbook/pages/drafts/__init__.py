"""A draft of a year's report: its findings written up as an editor would, for an editor to cut.

Every number in it is a live expression, and what can be checked of its words is checked too. It is written in the
order of `sections.SECTIONS`, from the figures up to its year and no later ones.
"""

from yearbook.pages.drafts.brief import Brief
from yearbook.pages.drafts.draft import Part
from yearbook.pages.drafts.writing import draft_report, list_findings

__all__ = ["Brief", "Part", "draft_report", "list_findings"]
