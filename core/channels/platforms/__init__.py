"""One module for each channel: everything about its platform, as ``CHANNEL``; it is found by being here."""
