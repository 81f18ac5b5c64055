"""The screens of daily work: keyword board, meeting, to-do list, report."""
