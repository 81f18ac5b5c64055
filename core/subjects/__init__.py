"""What the analyses know about one matter of the shop each: an analysis asks, a subject knows and says."""
