"""Benchmarks: how fast the real program is, against a floor and against what people would use, in the same run."""
