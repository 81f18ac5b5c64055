"""What goes out of the door: the evening report, the promises, the workbooks."""
