"""The lowest layer: a shop's files, figures, analyses, journal and reports, without screens or day plan."""
