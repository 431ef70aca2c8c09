"""Writes `digest_lib/documents/month_names.txt` anew: after an update of Babel, whose CLDR it is from."""

from pathlib import Path

from digest_lib.documents.date_words import months_of_all

HEAD = (
    "# Each name of a month, folded, and the languages that have it: CLDR's, by Babel."
    " Written by scripts/month_names.py.\n"
)

if __name__ == "__main__":
    lines = [f"{name}\t{' '.join(codes)}\n" for name, codes in months_of_all().items()]
    folder = Path(__file__).resolve().parents[1] / "digest_lib" / "articles"
    (folder / "month_names.txt").write_text(HEAD + "".join(lines), encoding="utf-8")
