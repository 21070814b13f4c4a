"""The Talking Therapies Yearbook: from published annual statistics to published reports.

`pipeline` leads through it all, from the files read to the pages written.
"""

__version__ = "0.1.0"
