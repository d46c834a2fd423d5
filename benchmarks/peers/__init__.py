"""Peers of the recogniser, trained under the same folds: for comparison, never shipped."""
