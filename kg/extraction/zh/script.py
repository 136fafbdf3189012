"""Traditional characters as simplified ones, one for one, so that offsets stay and one set of rules reads both scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

_HAN = "\u3400-\u9fff"
_CHINESE = rf"[\u3001-\u303f{_HAN}\uff00-\uffef“”]"
# Some set digits and Latin letters off from ideographs (新增 5 万个), or a space behind a comma.
_SET_OFF = re.compile(rf" (?<=[\d,;:，；：、] )(?=[{_HAN}])")
_SPACE = re.compile(
    rf" +(?:(?<=[{_HAN}，；：、] )(?=[\dA-Za-z][\w.,%+-]*?(?<![{_HAN}])(?: |[^\w ]|$))|"
    rf"(?<=[\w%,;:，；：、] )(?<![{_HAN}] )(?=[{_HAN}]))"
)
_MARK = re.compile(rf"[,;:!?()](?:(?<={_CHINESE}.)|(?={_CHINESE}))|[.](?<=[{_HAN}][.])(?=[\s{_HAN}]|$)")
_WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in ",;:!?()"} | {ord("."): ord("。")}


def closed(text: str) -> tuple[str, Sequence[int]]:
    """``text`` without the spaces between ideographs and what is set off from them, and where each of its characters stood.

    >>> closed("处置账号 1.8 万余个，下架 AI 应用 3 款 微博")[0]
    '处置账号1.8万余个，下架AI应用3款 微博'
    """
    if not _SET_OFF.search(text):
        return text, range(len(text))
    kept: list[int] = []
    pieces, at = [], 0
    for start, end in [*(space.span() for space in _SPACE.finditer(text)), (len(text), len(text))]:
        kept += range(at, start)
        pieces.append(text[at:start])
        at = end
    return "".join(pieces), kept


def widened(text: str) -> str:
    """``text`` with ASCII marks beside ideographs as Chinese ones, so that rules know one comma.

    >>> widened("关闭账号1,200个,约谈(含网站)5家: App,SDK")
    '关闭账号1,200个，约谈（含网站）5家： App,SDK'
    """
    return _MARK.sub(lambda mark: mark[0].translate(_WIDE), text)


def simplified(text: str) -> str:
    """``text`` in simplified characters, character for character (OpenCC's t2s).

    >>> simplified("逾500個帳號")
    '逾500个帐号'
    """
    pattern, plain = _traditional()
    return pattern.sub(lambda found: plain[found[0]], text)


@cache
def _traditional() -> tuple[re.Pattern[str], dict[str, str]]:
    from opencc import OpenCC

    characters = [chr(point) for point in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    plain = {one: other for one, other in zip(characters, converted, strict=True) if len(other) == 1 and one != other}
    return re.compile(f"[{''.join(plain)}]"), plain
