"""What changed from one built site to another: in figures first, then in words, drawings and files."""

from yearbook.differences.differences import Differences, compare_sites
from yearbook.differences.telling import tell, to_json

__all__ = ["Differences", "compare_sites", "tell", "to_json"]
