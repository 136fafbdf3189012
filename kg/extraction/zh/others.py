"""Chinese numbers that count nothing that was acted on: audiences, staff, victims, whoever acts, what only may be."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention
from kg.extraction.zh.numbers import BEFORE_NO, CLASSIFIERS, HOTLINE, NO_COUNT
from kg.extraction.zh.reality import happened

# Whoever is put to work, or told of as a victim, has nothing done to; what may or must be is not yet done.
_OTHERS = re.compile(
    r"(?:投入|建成|建起|建有|发文|发帖|发稿|出动|聘用|雇用|雇佣|招募|招聘|招收|抽调|抽派|组建|培训|派出|动员|配备|选聘|吸引|开设|举办|制作|发动|走访|拥有|设立|上线(?<!拒绝上线)(?<!不予上线)|推出|引入|引进|收集(?=[了过])|采集(?=[了过])|抓取(?=[了过])|爬取(?=[了过])|泄露(?=[了过])|获取(?=[了过])|邀请|聘请|聘任|特邀|吸纳|增配|增派|增设|新设|入侵|攻破|攻陷|感染|盗取|窃取|买到|购得|购入|窃得|买进|骗取|非法获取|转账|转帐|汇款|购置|采购|租用|添置|写出|新增|注册公司|注册企业)"
    r"(?:了|过)?[^，。；、：的]{0,8}$|(?:(?<![许认可])可(?!可)|[须需]|(?<![响相供反对效适回感])应(?!用|急|答)|可以|就能|便能|才能|必须|不得|至多|最多)(?!疑|能|观|见)[^，。；\d]{0,8}$"
)
_PEOPLE = re.compile(
    r"(?:受骗|被骗|受害)[^，。；\d]{0,6}$|(?:[有设]|现有|配有)(?:职员|员工|雇员|编制|人手|网管|编辑)[^，。；\d]{0,3}$|"
    r"(?<!团伙)(?<!犯罪)(?:成员|会员|群友|学员|下线)[^，。；\d]{0,3}(?:达|有|约|近|超|逾|为)[^，。；\d]{0,2}$|"
    r"(?:团队|队伍|力量)[^，。；\d成骨]{0,6}(?:增|扩|壮大|[达至到超近约有共])[^，。；\d]{0,3}$|"
    r"(?:群众|被害人|受害人|受害者|事主|市民|家长|志愿者|民警|审核员|工作人员|执法人员|专家|记者|学生|考生|老人)[^，。；\d]{0,3}$"
)
_ONLOOKERS = re.compile(
    r"[^，。；、被的]{0,4}(?:学生|考生|家长|群众|市民|老人|居民|消费者|受害人|"
    r"受害者|事主|志愿者|患者|球迷|歌迷|听众|观众|投资者)(?![^，。；]{0,4}[被遭])"
)
# Victims, and whoever is cared for: an authority did nothing to them.
_SUFFERS = re.compile(
    r"[^，。；：\d]{0,12}(?:死亡|受伤|遇难|身亡|丧生|失踪|伤亡|死伤|遇害|罹难|重伤|轻伤|流离失所|入院|住院|就医|中枪|被困|获救|当选|脱险|脱贫|就业)"
)
_STRUCK = re.compile(
    r"(?:打死|击毙|炸死|致死|死亡|遇难|受伤|失踪|伤亡|慰问|救助|营救|解救|劝回|劝阻|疏散|转移安置|搜救|救治|帮扶)(?:人数)?[^，。；：\d]{0,12}$"
)
_TELLS = re.compile(
    "(?:共|累计|合计|已|均|主动)*(?:对[^，。；\\d]{2,24}(?:展开|开展|启动)|报送|上报|提交|参加|参与|签署|承诺|入驻|响应|书面|回复|回应|反馈|自查|开展自查|表示|发表声明|发布声明)"
)
_REGISTERS = re.compile(
    "[已均也全部共]*(?:完成|通过|办理|接受)了?[^，。；]{0,8}(?:核验|认证|注册|备案|登记|培训|考核|学习|实名)"
    r"(?![^，。；]{0,12}(?:方式|之?后))|[已均也全部共]*(?:参与|参加|加入|报名)(?![^，。；]{0,14}[被抓罚])"
)
_NAMED = re.compile(r"(?:主体|单位|企业|公司|平台|分别)[为是系](?=[^，。；\d]*、)[^。；\d]{4,90}$")  # 主体为甲公司、乙公司两家公司
_PLACES = re.compile(
    "分区|板块|栏目|入口|类目|类别|类型|种类|分类|商店|榜单|评论区|规则|功能|[^，。；、\\d]{0,8}(?:预警|保护|白|推荐|培育|认定|备案)名单|[^，。；、\\d被遭因未违按据依符执遵根不采作给适]{0,6}(?:新规|规定|办法|条例|细则|指南|标准|政策|制度)"
)  # 12个频道分区, 3家应用商店, 11项直播打赏规定
_DOES = re.compile(
    r"(?:合计|共计|总共|共|累计|联合|均|分别|也|还|同时|随后|共同|陆续|主动|已|迅速|依法|依规|年内|今年|当[月日天年])*"
    r"(?=(?!被|遭|受|获)[^，。；\d]{2,20}[\d数几上近逾约两二三四五六七八九十百千万])"
)
_CLASSIFIED = re.compile(
    r"(?:粉丝|关注者|订阅者|追随者|追踪者|跟随者|拥趸)(?:数|量)?[^，。；群团页号\d]{0,3}(?:[\d.,]+[万亿千百余多]*\d*[人名个]?[和及与、])*$"
)
_BARE = re.compile(r"(?:粉丝|涨粉|吸粉|用户|网民|关注者|追随者|追踪者|跟随者)[^，。；]{0,3}$")
_BESIDE = re.compile(r"(?:[与和同跟]|联合|携手|联手)[^，。；、\d]{0,4}$")  # whoever acts together with another: 与5家电信商合作
_GREW = re.compile("[增升降减扩涨跌]|[上下]升|下降|大幅|提高")  # 由5200个增至6100个
_TOGETHER = re.compile("[^，。；、]{0,14}(?:合作|联合|联手|携手|共同|一起|签署|签订|建立|达成|共建|共享)")
_AFFECTED = re.compile("[^，。；、\\d]{0,8}受(?:影响|波及|害|骗|惠|益)")
_PREY = re.compile("[^，。；]{0,12}(?:索要|勒索|敲诈|骗取|兜售|推销|收取|刷[量单粉]|推广|引流|代运营)")  # 向43家企业索要“合作费”
_ADMIRERS = re.compile("(?:次)?(?:按[赞讚]|点赞|点了赞|围观|转发|收藏|打卡|留言|评论|报名|预约|下载|订阅)")
_SUFFERED = re.compile("[，已均全都部]*[被遭]")
_ENDS = re.compile(r"[，。；、）)！？\n\t]|$|[至到—~～-]\d")
_HAN = re.compile("[\u3400-\u9fff]")
_OF_FEW = frozenset("笔单份场套张台支处架本幅枚")  # classifiers that say which noun, if not what kind
CASES = re.compile("(?:移[送交]|侦办|立案|查办|法办|起诉|处罚|裁罚|裁处|开罚|告发|函送|办理)(?:了|侦办|处理|查处)?$")  # 移送侦办12件
SUED = re.compile("(?:起诉|诉讼|公诉|审结|判决|宣判|立案|破获|侦破)了?$")  # what a court or the police count there are cases
CAUGHT = re.compile("(?:查获|侦破|破获|查处|查缉|侦办|移送|查办)了?[^，。；、\\d]{0,6}$")  # 查获诈欺集团42件
TELLING = ("", "起", "宗", "人", "名", "位")  # nothing, and classifiers that say which kind
_OF_PERSONS = ("人", "名", "位", "人次", "例")
_OF_POSTS = ("条", "则", "篇")
_NO_NOUN = frozenset("共有计达了的中为是另至到各仅就含占在被对将把和及与或类条出")
_ITEM = re.compile(r"[.、．)）]")
_POINT = re.compile(r"、(?!\d)|[.．](?!\d)")
_ENUMERATED = re.compile(r"(?:^|[\s。；;：:，、])[（(]$|(?:^|[。；：\s”」])$")  # a list's items: （1）……；（2）……; 如下：1、……
_REASONS = re.compile("（[^（）]{1,12}件）[、，][^（），。；]{1,14}（")  # 售后服务（5万件）、质量（3万件）
_MONEY = re.compile("(?:[偷逃漏补]税|税款|(?<!处)罚|[赔骗]|获利|牟利|盈利|损失|所得|收入|价值|标的|涉案|本金)[^，。；、\\d]{0,3}$")
# What stands behind a number, up to the first character that shows that its noun was left out.
_REST = re.compile(
    r"(?!左右|以上|下降|上升|限期|逾期|拒|未|不|没|仍|尚|已|均|全|指|为|被|遭|设[于在]|位于|属于|出自|源自|注册|使用|来自|分布|涉|有所|多了|少了|多出|[由因向还增减升降涨跌跃的和与及或最大多之在也亦])[\u3400-\u9fff]{1,14}"
    r"(?![\u3400-\u9fff的被遭因已均获由涉属为是在占来则予受经])(?<![的被遭因已均获由涉属为是占则])"
)

_COUNTS_TEN = frozenset(CLASSIFIERS + "大")
_DEVICE = re.compile(r"\s?(?:部(?:手机|电话)(?!应用|软件)|台(?:手机|电脑|设备|服务器|主机))")
_SCALES = frozenset("十百千万亿")  # alone they count nothing but before a classifier: 百姓, 万一
# a part of things of no known kind: 26条措施中已落实23条
_OF_WHOLE = re.compile(rf"\d[万亿余多千百]*[{CLASSIFIERS}](?P<noun>[\u3400-\u9fff]{{1,10}}?)(?<!其)[中里][^，。；]*$")


class Counted(NamedTuple):
    """A number under way: where it and its comparator stand, its unit and its classifier, '' where it has none."""

    start: int
    end: int
    unit: str
    classifier: str


def counts_nothing(text: str, m: re.Match[str], mentions: Mentions) -> bool:
    """Whether a number is a date, a sum, a rate, a service's number, a scale word alone, or one of devices in use: 感染120台电脑."""
    start, end = m.span()
    if NO_COUNT.match(text, end) or HOTLINE.match(text, start) or BEFORE_NO.search(text[max(0, start - 10) : start]):
        return True
    if m[0] in _SCALES and text[end : end + 1] not in _COUNTS_TEN and text[start - 1] not in "近超逾约达":
        return True
    return bool(_DEVICE.match(text, end)) and not any(p.end >= start - 1 for p in mentions.within("penalty", start - 8, start))


def nameless(text: str, m: re.Match[str], counted: Counted, mentions: Mentions) -> bool:
    """Whether a number is one of followers, of a name (GB18030), of a list's item, or of things of no kind that is known."""
    start, end, unit, classifier = counted
    audience = _CLASSIFIED if classifier else _BARE
    if audience.search(text[max(0, start - 18) : start]) and "其中" not in text[max(0, start - 40) : start]:
        return True
    if (text[m.end() : m.end() + 1] in ("）", ")") or _POINT.match(text, m.end())) and _ENUMERATED.search(
        text[max(0, m.start() - 2) : m.start()]
    ):
        return True
    if m[0] == "1" and not classifier and not _HAN.match(text, m.end()):
        return True  # 文章1: what is named with a number
    if not (classifier or unit) and _MONEY.search(text[max(0, start - 8) : start]):
        return True
    if not classifier and (_in_a_name(text, m.start()) or (not unit and _unfinished(text, m, end, mentions))):
        return True
    if (
        not unit
        and classifier not in TELLING
        and (
            _other_kind(text, end, mentions)
            or _part_of_unknown(text, start, mentions)
            or (classifier in _OF_FEW and unknown(text, start, mentions) and not _shared_out(text, start))
        )
    ):
        return True
    return not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip() and bool(_ITEM.match(text, m.end()))


def _in_a_name(text: str, start: int) -> bool:
    return text[start - 1 : start].isascii() and text[start - 1 : start].isalnum()


def _unfinished(text: str, m: re.Match[str], end: int, mentions: Mentions) -> bool:
    """Whether a number without noun and classifier goes on; one before a verb does not: 其余2.7万限制登录."""
    return not _ENDS.match(text, end) and not (m[0][-1] in "万亿余多" and mentions.beginning("penalty", end, end + 1))


def unknown(text: str, start: int, mentions: Mentions) -> bool:
    """Whether right before a number stands a noun that no label names: 修订社区规范12份, 馆藏文物1万件."""
    if not _HAN.match(text, max(0, start - 1)) or text[start - 1] in _NO_NOUN:
        return False
    return not any(m.end == start for kind in ("penalty", "unit") for m in mentions.beginning(kind, max(0, start - 8), start))


def _shared_out(text: str, start: int) -> bool:
    """Whether the noun before a number is whose part it is, not what is counted: 其中法国71份，德国40份."""
    clause = text[max(0, start - 60) : start]
    return bool(re.search("(?:其中|分别)[^。；\n]*$", clause))


def _other_kind(text: str, end: int, mentions: Mentions) -> bool:
    """Whether what stands behind a number is a noun for what nobody acts on: 100个薯币."""
    rest = _REST.match(text, end)
    return bool(rest) and not any(mentions.beginning(kind, end, rest.end()) for kind in ("penalty", *CODES) if rest)


def _part_of_unknown(text: str, start: int, mentions: Mentions) -> bool:
    """Whether the words before a number say of what it is a part, and nobody acts on that: 26条措施中已落实23条."""
    lead = text[max(0, start - 24) : start]
    whole = _OF_WHOLE.search(lead) if "中" in lead or "里" in lead else None
    at = start - len(lead)
    return whole is not None and not mentions.beginning("unit", at + whole.start("noun"), at + whole.end("noun"))


def acted_on(text: str, candidate: Candidate, mentions: Mentions) -> bool:
    """Whether something can have been done to what a number counts, by what stands around it."""
    if (
        (candidate.classifier == "家" and _acts(text, candidate, mentions))
        or _PLACES.match(text, candidate.end)
        or _REGISTERS.match(text, candidate.end)
        or (text.find("受", candidate.words[1], candidate.words[1] + 9) > 0 and _AFFECTED.match(text, candidate.words[1]))
    ):
        return False
    lead = text[max(0, candidate.start - 14) : candidate.start]
    if (lead.endswith("由") and not _GREW.match(text, candidate.end)) or (_TOGETHER.match(text, candidate.end) and _BESIDE.search(lead)):
        return False  # whoever acts
    if lead[-1:] in ("向", "对", "为") and _PREY.match(text, candidate.words[1]):
        return False
    if not happened(text, candidate, mentions):
        return False
    if candidate.classifier in _OF_PERSONS and (_SUFFERS.match(text, candidate.words[1]) or _STRUCK.search(lead)):
        return False
    if candidate.classifier == "人" and _ADMIRERS.match(text, candidate.words[1]):
        return False  # 获2.1万人点赞
    if candidate.classifier in ("人", "名", "位") and _ONLOOKERS.match(text, candidate.words[1]):
        return bool(mentions.beginning("penalty", candidate.start - min(3, len(lead)), candidate.start))
    other = _OTHERS.search(lead) or (_PEOPLE.search(lead) if candidate.start == candidate.words[0] else None)
    if not other or _SUFFERED.match(text, candidate.end):
        return True
    at = candidate.start - len(lead) + other.start()
    named = any(unit.start == at and unit.end > at + 2 for unit in mentions.beginning("unit", at, at + 1))  # 约谈制作机构31家
    modifies = any(p.end == at for p in mentions.beginning("penalty", at - 6, at))  # 查处|骗取补贴企业31户
    return named or modifies or bool(mentions.beginning("penalty", at, candidate.start))


def holds(text: str, noun: Mention, classifier: str) -> bool:
    """Whether a noun may only be where posts are, or what they are about: 其他平台7,199则, 管制商品（274万条）."""
    listed = text[noun.end] in "（(" and (classifier in _OF_POSTS or _REASONS.match(text, noun.end))
    return bool(listed) or (classifier in _OF_POSTS and text[noun.end - 2 : noun.end] == "平台")


def _acts(text: str, candidate: Candidate, mentions: Mentions) -> bool:
    """Whether what a number counts is who acts: 8家平台共封禁账号3.2万个."""
    named = mentions.beginning("platform", candidate.start - 12, candidate.start)
    if _NAMED.search(text[max(0, candidate.start - 100) : candidate.start]):
        return True
    if _TELLS.match(text, candidate.end) or (named and named[-1].end == candidate.start):
        return True  # 微信、小红书两家平台
    does = _DOES.match(text, candidate.end)
    if not does or not mentions.beginning("penalty", candidate.end, does.end() + 3):
        return False
    clause = max(text.rfind(mark, max(0, candidate.start - 200), candidate.start) for mark in "，。；：\n") + 1
    return not mentions.beginning("penalty", clause, candidate.start) and not re.search("[对向将把给由被]", text[clause : candidate.start])


def about(text: str, noun: Mention, unit: str, mentions: Mentions) -> bool:
    """Whether a noun only says what things of ``unit``, named right before it, are about: 举报违法信息, but not 举报的信息."""
    told = [word for word in mentions.within("unit", noun.start - 16, noun.start) if word.code == unit]
    return bool(told) and not text.startswith("的", told[-1].end) and not re.search("[，。；、：]", text[told[-1].end : noun.start])
