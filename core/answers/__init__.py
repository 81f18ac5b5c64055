"""What an analysis returns: verdict, findings, evidence, proposals."""
