"""The claim ledger: every quantity in an editor's words is live, held to the data, or quoted from a named source."""

from yearbook.claims.bases import BASES, base_of
from yearbook.claims.held import why_change_not_held, why_not_held
from yearbook.claims.ledger import Fault, Ledger, find_faults
from yearbook.claims.live import Live
from yearbook.claims.marks import MARKS, MarkedText, mark_lines, mark_live, unmark
from yearbook.claims.prose import Sentence, read_prose
from yearbook.claims.quantities import Quantity, find_quantities, value_of

__all__ = [
    "BASES",
    "MARKS",
    "Fault",
    "Ledger",
    "Live",
    "MarkedText",
    "Quantity",
    "Sentence",
    "base_of",
    "find_faults",
    "find_quantities",
    "mark_lines",
    "mark_live",
    "read_prose",
    "unmark",
    "value_of",
    "why_change_not_held",
    "why_not_held",
]
