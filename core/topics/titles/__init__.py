"""What a title could say better, what a page may promise, which item to push next."""
