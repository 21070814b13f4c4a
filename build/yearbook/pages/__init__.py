"""Pages: what editors wrote and what is generated, made into Markdown for the printer."""
