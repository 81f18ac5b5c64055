"""The answer an analysis returns (verdict, findings, evidence, proposals), its JSON form, and the ranking."""
