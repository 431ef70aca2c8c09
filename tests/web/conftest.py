"""The small web on loopback, and a home whose network it is."""

from loopback import home, web

__all__ = ["home", "web"]
