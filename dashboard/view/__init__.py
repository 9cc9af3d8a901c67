"""Rows and words from a night: sorted, filtered and phrased once, for every way of showing them."""
