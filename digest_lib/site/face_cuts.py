"""One file of a face: a font cut down to characters, and the CSS rule that has browsers ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from digest_lib.files import named
from digest_lib.site.font_files import Source
from digest_lib.site.typeface import FEATURES, cut, ranges

#: As the stylesheet calls them.
HEADLINE: Final = "Headline"
TEXT: Final = "Text"
#: Fonts for Chinese that readers have, as systems name them: their families, and the faces where only these
#: are found (Android, Safari). A reader who has any of them downloads no font for text.
LOCAL: Final = (
    "Noto Sans TC", "NotoSansTC-Regular", "Noto Sans CJK TC", "NotoSansCJKtc-Regular", "Source Han Sans TC",
    "SourceHanSansTC-Regular", "PingFang TC", "PingFangTC-Regular", "Microsoft JhengHei",
    "MicrosoftJhengHeiRegular", "Heiti TC", "STHeitiTC-Light", "Noto Sans CJK JP", "NotoSansCJKjp-Regular",
    "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Noto Sans SC", "NotoSansSC-Regular", "PingFang SC",
    "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "AR PL UMing TW", "Droid Sans Fallback",
)  # fmt: skip
_LOCAL: Final = ",".join(f'local("{name}")' for name in LOCAL)
#: For headlines the reader's own serif is a fair stand-in until the file is there. For text there may be
#: none, and then a blank is better than a box.
_RULES: Final = {
    HEADLINE: "src:{src};font-weight:100 900;font-display:swap",
    TEXT: "src:{local},{src};font-display:block",
}


@dataclass(frozen=True)
class Cut:
    """A file of the `face`, by a font and characters that it has, in order."""

    face: str
    source: Source
    characters: str

    @cached_property
    def name(self) -> str:
        """A name for what is in it."""
        return named(self.source.key, *FEATURES, self.characters)[:12]

    def data(self, *, best: bool = False) -> bytes:
        """The file; what many pages share is worth the time of the best compression."""
        return cut(self.source.path, self.characters, best=best)

    def rule(self, url: str) -> str:
        """The rule for the file that lies at this address, as seen from the stylesheet."""
        rule = _RULES[self.face].format(src=f'url("{url}") format("woff2")', local=_LOCAL)
        codes = ranges(self.source.path, self.characters)
        return f'@font-face{{font-family:"{self.face}";{rule};unicode-range:{codes}}}\n'
