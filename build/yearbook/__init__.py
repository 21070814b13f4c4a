"""The Talking Therapies Yearbook: from published annual statistics to published reports.

The way of the data is read, check, compute, draw, write up, publish; `pipeline` reads in that order.
"""

__version__ = "0.1.0"
