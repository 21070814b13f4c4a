"""Search: what of each printed page is worth finding, the index of it, and the words it is written in."""
