"""What was seen in other shops' streams and groups or heard from peers, and ideas borrowed from them."""
