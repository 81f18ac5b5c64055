"""What is looked at every day so that nothing runs out unseen."""
