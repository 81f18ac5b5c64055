"""What shopday is made of that others made: packages, versions, licences."""
