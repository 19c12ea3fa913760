"""What became of a norm, in the words of a sentence in English and Chinese."""

from __future__ import annotations

from comity.law.program_text import Words

__all__ = ["EXCEPTION_OPEN", "FAILS", "LACKING", "LEADS_TO", "MET_OPEN", "NEARLY", "NOT_IN_FORCE", "STATUS", "UNDER"]

STATUS: dict[str, Words] = {
    "not-applicable": {"en": "is pleaded and does not apply", "zh": "虽被主张，但不适用"},
    "exempted": {"en": "would apply, but {by} takes the flow out", "zh": "本应适用，但因{by}而排除"},
    "met": {"en": "applies, and what it asks for is in place", "zh": "适用，且所要求的条件已经具备"},
    "due": {"en": "applies; nothing stated shows that what it asks for is in place", "zh": "适用，但所述事实不足以表明要求已经满足"},
    "unmet": {"en": "applies, and what it asks for is stated not to be in place", "zh": "适用，且所述事实表明要求尚未满足"},
    "prohibited": {"en": "applies and forbids this", "zh": "适用，并禁止该行为"},
    "permitted": {"en": "applies and allows this", "zh": "适用，并允许该行为"},
    "compelled": {"en": "applies and lets the authority compel this", "zh": "适用，机关可据此强制调取"},
    "protected": {"en": "applies as a commitment between states", "zh": "作为国家之间的承诺而适用"},
    "available": {"en": "offers a way that is not taken", "zh": "提供可供选择的途径，尚未采用"},
    "closed": {"en": "offers a way that this flow cannot take", "zh": "提供的途径在该流动中不可行"},
    "contested": {"en": "is unsettled here", "zh": "在此存在争议"},
    "unknown": {"en": "cannot be decided yet", "zh": "尚无法判断"},
}

LACKING: dict[str, Words] = {
    "due": {"en": "applies; nothing stated shows this: {}", "zh": "适用，但所述事实不足以表明：{}"},
    "unmet": {"en": "applies, and this is stated not to be in place: {}", "zh": "适用，且所述事实表明尚未具备：{}"},
}
"""The same with the parts of a demand that a flow lacks."""

LEADS_TO: dict[str, Words] = {
    "not-applicable": {"en": "it does not apply", "zh": "不适用"},
    "exempted": {"en": "an exception takes the flow out", "zh": "因例外而排除"},
    "met": {"en": "it is met", "zh": "要求已经满足"},
    "due": {"en": "it applies, and is not shown to be met", "zh": "适用，尚未证明要求已经满足"},
    "unmet": {"en": "it applies and is not met", "zh": "适用，要求尚未满足"},
    "prohibited": {"en": "it forbids this", "zh": "予以禁止"},
    "permitted": {"en": "it allows this", "zh": "予以允许"},
    "compelled": {"en": "the authority may compel this", "zh": "机关可强制调取"},
    "protected": {"en": "it applies as a commitment between states", "zh": "作为国家之间的承诺而适用"},
    "available": {"en": "it offers a way that is not taken", "zh": "提供尚未采用的途径"},
    "closed": {"en": "it offers a way that this flow cannot take", "zh": "提供的途径不可行"},
    "contested": {"en": "it is unsettled", "zh": "存在争议"},
    "unknown": {"en": "it cannot be decided yet", "zh": "尚无法判断"},
}
"""What a position on an open question leads to."""

UNDER: Words = {"en": "if “{}”, {}", "zh": "若采“{}”，则{}"}
NEARLY: Words = {"en": "comes near, but does not apply", "zh": "接近适用，但不成立"}
FAILS: Words = {"en": " (what is stated falls short: {})", "zh": "（所述情形尚有不足：{}）"}
EXCEPTION_OPEN: Words = {
    "en": "applies unless an exception takes the flow out, which cannot be decided yet",
    "zh": "适用，除非例外成立；例外是否成立尚无法判断",
}
NOT_IN_FORCE: Words = {"en": "it is not in force on the day asked", "zh": "该规范在所询日期未施行或者已失效"}
MET_OPEN: Words = {"en": "may apply; what it would ask for is in place", "zh": "可能适用；其可能要求的条件已经具备"}
