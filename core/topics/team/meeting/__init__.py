"""The parts of a stand-up: what opens it, what is urgent, what is spent, who takes on what."""
