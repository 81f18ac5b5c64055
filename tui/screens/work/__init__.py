"""Screens of daily work: keyword board, meeting, hands-on list, report."""
