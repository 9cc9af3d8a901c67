"""The count: pure, without clock, file or screen."""
