"""English titles in Traditional Chinese, by a lexicon and a small grammar: who did what to what.

A title is told only where every word of it is known and the grammar covers it whole; else not at all.
"""
