"""Training: what is asked for, its stages, the loop, and what a run leaves behind."""
