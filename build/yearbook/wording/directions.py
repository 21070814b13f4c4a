"""The words of a direction: up and down, better and worse."""

UP = {
    "rose", "risen", "rise", "rising", "up", "grew", "grown", "growing", "growth", "increased", "increase", "increasing", "climbed",
    "climbing", "climb", "gained", "higher", "gain", "more", "went up", "gone up", "going up",
}  # fmt: skip
DOWN = {
    "fell", "fallen", "fall", "falling", "dropped", "drop", "dropping", "down", "declined", "decline", "declining", "decreased",
    "decrease", "decreasing", "lower", "fewer", "less", "shrank", "shrunk", "reduction", "went down", "gone down", "going down",
}  # fmt: skip
BETTER = {"improved", "improvement", "improving", "better"}
WORSE = {"worsened", "worsening", "worse", "deteriorated", "deterioration", "deteriorating"}

DIRECTIONS = UP | DOWN | BETTER | WORSE
"""Every word of a direction."""


def ways_of(word: str) -> tuple[int, int]:
    """The direction of a word, and whether it says better or worse."""
    if word in BETTER or word in WORSE:
        return 0, 1 if word in BETTER else -1
    return (1 if word in UP or word == "above" else -1), 0


def way_of(way: int, good: int, better: str) -> int | None:
    """The direction meant, 1 or -1: `way` itself or, for words of better (`good` 1) or worse (-1), as the metric's `better` says.

    None where no direction of the metric is agreed to be better.
    """
    return {"higher": good, "lower": -good}.get(better) if good else way
