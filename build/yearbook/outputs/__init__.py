"""What readers take away: the tables as files, and the data package. Feeds, cards and embeds will join them here."""
