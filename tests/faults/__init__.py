"""System calls that fail, and kills, put into every writing operation from outside the process."""
