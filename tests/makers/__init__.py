"""Makers of feed files for tests: from plain data to bytes in a publisher's real shape."""
