"""From a published release to canonical `data/`: read, check, tidy, compare, write.

`add_release` is all that is called from outside. Crosswalks, corrections and the register are data; the
modules are named for what they know. What a rate is, and whether figures agree, is not known here.
"""

from yearbook.importing.adding import Addition, AddOptions, add_release

__all__ = ["AddOptions", "Addition", "add_release"]
