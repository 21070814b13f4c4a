"""What readers take away: the tables as files. Feeds, cards and embeds will join them here."""
