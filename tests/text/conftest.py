"""Property tests without a deadline: the first text of a process builds the tables."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
