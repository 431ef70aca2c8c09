"""What a variant's prompts say otherwise, as a notebook shows it."""

from digest_lib.lab.changed import Changed
from digest_lib.site.adopted import Change

BEFORE = "寫二到五句。\n每句引用來源。\n不要猜測。"
AFTER = "寫一到三句。\n每句引用來源。\n最後寫一句展望，並說明為何。"


def test_lines_stand_by_themselves_and_words_within_theirs() -> None:
    change = Change(family="qwen", parameter="story_prompt", before=BEFORE, after=AFTER)
    shown = Changed("baseline", {"short": [change]})._repr_html_()
    assert '<span style="display:block">寫<del>二到五句</del><ins>一到三句</ins>。</span>' in shown
    assert '<del style="display:block;opacity:.75">不要猜測。</del>' in shown
    assert '<ins style="display:block;font-weight:600">最後寫一句展望，並說明為何。</ins>' in shown
    assert "每句引用來源。\n" in shown
    assert "class=" not in shown  # no stylesheet of the site is there
