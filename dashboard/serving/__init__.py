"""The dashboard in a browser: a small server, and a process of the real program for each visitor."""
