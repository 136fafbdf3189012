"""Traditional characters as simplified ones, one for one, so that offsets stay and one set of rules reads both scripts."""

from __future__ import annotations

import re
from functools import cache


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
