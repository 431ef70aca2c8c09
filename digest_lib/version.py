"""The library's version, on its own: who wants it must not load what notebooks import."""

__version__ = "0.1.0"
