"""Chinese numbers, simplified and traditional: digits and numerals with 万 and 亿, 余 and 多, 数十, 上万; and what is no count."""

from __future__ import annotations

import re
from functools import lru_cache

import cn2an

from kg.extraction.candidate import Candidate
from kg.figures import whole

_CN = "零〇一二三四五六七八九十百千万亿两"
CLASSIFIERS = "个条款家起件名人部篇则张场次批宗例封项份户支台处位只组间笔套期幅段集首本种类期道令句枚架册辆瓶箱盒袋把艘"
_DIGITS = r"(?:\d{1,3}(?:[,' \u2009\u202f]\d{3})+(?!\d)|\d+)(?:[.·]\d+)?"
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_OLD = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十"})
_PLAIN = str.maketrans(dict.fromkeys(",' \u2009\u202f") | {"·": "."})
NUMBER = re.compile(
    rf"(?=[\d数几上成近破好{_CN}廿卅卌壹贰叁肆伍陆柒捌玖拾])(?<![\d.第再/之])(?<!\d[:：])(?:(?P<digits>{_DIGITS})(?P<m1>[多余来])?(?:[\x20\u3000]?(?P<scale>[十百千]?[万亿]+|[十百千])(?P<m2>[多余来])?(?P<rest>零?\d[\d,]*[百千]?万?(?P<m3>[多余])?)?)?"
    rf"|(?P<vague>(?:[数几上成近]|(?<![侦告查攻])破)[十百千万亿]+|十几[万亿]?|好几[十百千万亿]+|成千上万|数以[十百千万亿]+计|(?P<pair>[二两三四五六七八][三四五六七八九][十百千万亿]+)|[数几](?=[个条款家起件名人部]))(?P<vm>[多余])?(?P<vscale>[万亿])?"
    rf"|(?P<bare>[百千万亿]+)(?P<bm>[多余来])(?P<bscale>[万亿])?"
    rf"|(?P<cn>[廿卅卌][一二三四五六七八九]?(?=[{CLASSIFIERS}余多])|[壹贰叁肆伍陆柒捌玖][拾佰仟万亿][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*|[{_CN}]*[十百千万亿][{_CN}]*|(?:[二两三四五六七八九]|(?<=至少|其中|只有|仅有)一(?!.[是为叫]))(?=[{CLASSIFIERS}]|[至到][三四五六七八九][十百千万亿])(?!次))(?P<cm>[多余来])?(?P<cscale>[万亿])?)"
)
CLASSIFIER = re.compile(
    rf"\s?(?:(?P<c>[件家个户款台篇条]次|人次|批次|场次|个|[{CLASSIFIERS}])(?!月|月份|小时|百分点|工作日|自然日|部门|方面|以上的?百分))?"
)
# the number of a service, where nothing counts: 12377举报, 96110咨询
HOTLINE = re.compile(rf"(?:12[0-9]{{3}}|96\d{{3,4}}|1(?:10|14|19|65))(?![\d,.\s多余来万亿千百]|[{CLASSIFIERS}])")
NO_COUNT = re.compile(
    r"\s?(?:/\d|分之|[至到~～—–-]\d[\d.]*(?:%|岁|天|小时|个月|年|月|日|元|分钟)|[）)]日|(?:举报)?(?:热线|专线|平台(?=[^，。]{0,6}[受接收]))|%|％|‰|个?百分点|年|月|日|号|时|学时|课时|点|分钟|秒|小时|天|周|岁|元|万元|亿元|美元|美金|"
    r"欧元|港元|港币|新台币|台币|卢比|日元|英镑|块|倍|成|折|届|版|[量层等]?级|强(?![制行])|期[间限内末的]|期工程|类|種|种|粉丝|米|公里|吨|层|楼|[余多]?\S?元|"
    r"批次?(?:典型|案例|(?=\d+[起个]))|批(?=\d)|(?:大?方面|大类|部门|部委|人(?:浏览|投票|参与|观看|点赞|围观|转发|关注|追踪|订阅))|个(?:门类|垂类|领域|维度|专区|渠道|步骤|阶段|行业|场景|赛道|指标|要点|选项|席位|节点|省份|地市|区县|成员国|国|州|栏目|部委|单元|等级|档|批次|月|小时|工作日|自然日|国家|省|地区|城市|方面|部门|环节|市|县|类别|语种|月份|多月|类)|次(?:播放|浏览|点击|阅读|观看|转发|会议)|[余多]?(?:元|年|天|岁|倍|个月|"
    r"小时)|家(?:媒体|部门|(?:合计|共计?)占)|名(?:粉丝|民警|警力|工作人员)|万?(?:粉丝|播放|浏览|阅读|点赞|观看|次浏览|次阅读|次播放))"
)
BEFORE_NO = re.compile(
    r"(?:\d-|附[件表录图]|双|第[零一二三四五六七八九十百千]*|前|编号|文号|〔|令第|热线|电话(?<!诈骗电话)(?<!涉诈电话)(?<!骚扰电话)|专线|拨打|致电)[:：为是]?\s?$|(?:￥|¥|\$|HK\$|NT\$|触及|订单|包裹|快递|快件|运单|[业务交易成销客流订]量(?![的卡])(?:日均|月均|达到|达|为|超过)?|人均|户均|(?:用户|网民|会员|市场)规模|达?人民币|新台币|罚没款?|涉案金额|金额|播放量?|阅读量?|浏览量?|点击量?|观看|收看|使用人次|浏览人次|服务人次|下载量|安装量|装机量|访问量|月活|日活)[^，。；\d]{0,6}$|(?:参与|覆盖|范围|"
    r"关注者)[^，。；的\d]{0,4}$|资金[^，。；\d]{0,2}$|[比较][^，。；]{1,10}(?:多出?|增加|增长|增多|减少|少|上升|下降)了?[近超逾约]?$"
)
# where the noun behind a number ends
STOP = re.compile(
    r"[，。；、：:\n\u3000（(）)”！？]|(?<=[\u3400-\u9fff]) |被|遭|予以|进行|以及|并|"
    r"以(?![上下内外及])|(?:和|及(?!利)|与)(?![^，。；]{1,10}[有相]关)"
    r"|均|已|存在|依法|作出|给予|分别|因|经|获|加上|发出|提出|开出|下达|在(?!逃|线|校|编|职)|由|向|从|对(?!象)|将|于|占|属于|多次|涉及|用于|来自|收到|接到|作为|逾期|未|暂停|限期|退出|改正|落实|完成|则(?=[负主是成用])|负责|开展|加强|补办|采取|提交|牵涉"
)
AGED = re.compile(r"(?:未满|不满|低于|年龄|介乎|疑似)*\d+(?:[至到-]\d+)?[周週]?[岁歲](?:及?以[下上]|未?满)?的?")  # 470万个16岁以下账号
_UNSCALED = "0123456789二两三四五六七八九"
_TO = ("至", "到", "-", "–", "—", "——", "~", "～", "－")
_SCALE = re.compile(rf"[\d{_CN}] *(?P<scale>[十百千]?[万亿]+)")
_FACTOR = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

Read = tuple[int | None, tuple[int, int] | None, bool]


@lru_cache(maxsize=4096)
def _cn(words: str) -> int:
    """The number that Chinese numerals state; a bare scale word (万余) is one of it."""
    words = words.translate(_FORMAL).translate(_OLD)
    if words and words[0] in "百千万亿":
        words = "一" + words
    try:
        return int(cn2an.cn2an(words, "smart"))
    except ValueError:
        return 0


def _times(scale: str | None) -> int:
    factor = 1
    for word in scale or "":
        factor *= _FACTOR[word]
    return factor


class Numbers:
    """Reads the numbers of Chinese texts."""

    @staticmethod
    def doubts(m: re.Match[str]) -> list[str]:
        """What a person should look at in how a number is written."""
        digits = m["digits"] or ""
        spaced = [f"'{digits}' was read as one number, the space as what parts thousands"] if " " in digits else []
        return spaced + ([f"'{digits}' was read with a decimal point"] if "." in digits and not m["scale"] else [])

    def value(self, m: re.Match[str]) -> Read | None:
        """Value, bounds, and whether a word says that it is more; None where it is no whole number."""
        if m["digits"]:
            plain = m["digits"].translate(_PLAIN)
            found = None if "." in plain and m["rest"] else whole(plain, _times(m["scale"]))
            if found is None:
                return None
            extra = whole(re.sub(r"\D", "", m["rest"]), _times(re.sub(r"[\d,多余零来]", "", m["rest"]))) if m["rest"] else 0
            return found + (extra or 0), None, bool(m["m1"] or m["m2"] or m["m3"])
        if m["vague"]:
            return self._vague(m)
        words, more, scale = (m["bare"], m["bm"], m["bscale"]) if m["bare"] else (m["cn"], m["cm"], m["cscale"])
        value = _cn(words) * _times(scale)
        return (value, None, bool(more)) if value else None

    @staticmethod
    def _vague(m: re.Match[str]) -> Read:
        words = m["vague"].lstrip("好") + (m["vscale"] or "")
        if words[0] in "上近破":  # 上万 says at least that, 近万 almost that
            return _cn(words[1:]), None, False
        if words.startswith("十几"):
            return None, (11 * _times(words[2:]), 20 * _times(words[2:]) - 1), False
        if words == "成千上万":
            return None, (1000, 99999), False
        if m["pair"]:  # 四五百
            return None, (_cn(words[0] + words[2:]), _cn(words[1:])), False
        words = words.replace("以", "").rstrip("计")  # 数以万计
        low = _times(words[1:]) if words[1:] else 2
        return None, (low, low * 10 - 1 if words[1:] else 9), False


def _shared_scale(text: str, one: Candidate, other: Candidate) -> int:
    """The factor that the end of a range has for its beginning too: 5至8万个 are 50,000 and more."""
    scale = _SCALE.search(text, *other.words)
    factor = _times(scale["scale"]) if scale and text[one.words[1] - 1] in _UNSCALED else 1
    return factor if (one.value or 0) * factor < (other.value or 0) else 1


def ranges(text: str, found: list[Candidate]) -> list[Candidate]:
    """Candidates with those that are the two ends of a range put together: 4000至7000篇."""
    kept: list[Candidate] = []
    for candidate in found:
        last = kept[-1] if kept else None
        if last and last.value and candidate.value and last.value < candidate.value and text[last.words[1] : candidate.words[0]] in _TO:
            low = last.value * _shared_scale(text, last, candidate)
            last.bounds, last.value, last.comparator = (low, candidate.value), None, "order"
            last.end, last.words, last.unit = candidate.end, (last.words[0], candidate.words[1]), candidate.unit or last.unit
            last.head = (last.head[0], candidate.head[1])
        else:
            kept.append(candidate)
    return kept
