"""The screens about past days: calendar, log of a day, search, promises, spot check."""
