"""The daily, weekly and monthly reports, and their rendering as markdown, HTML and plain text."""
