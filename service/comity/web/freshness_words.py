"""The words of the page about how fresh the graph is, in both languages."""

from __future__ import annotations

FRESHNESS_WORDS: dict[str, dict[str, str]] = {
    "freshness": {"en": "Freshness", "zh": "时效"},
    "freshness_on": {"en": "How fresh the graph is on {day}", "zh": "图谱时效（{day}）"},
    "freshness_lead": {
        "en": "When the norms were last read in a text of the law, what begins and ends in the next twelve months, and what is announced. "
        "Law that changed since a norm was read may be missing here: look at the official page before you rely on it.",
        "zh": "各项规范最近一次对照法律文本的时间、未来十二个月内开始与终止的内容，以及已公布尚未生效的法律。"
        "核对之后法律如有变化，图谱可能尚未反映；引用前请查阅官方页面。",
    },
    "freshness_choose": {"en": "Choose a day and a place", "zh": "选择日期与法域"},
    "read_ages": {"en": "When norms were last read", "zh": "规范最近一次核对"},
    "read_age": {"en": "Read", "zh": "核对时间"},
    "read_norms": {"en": "Norms", "zh": "规范"},
    "read_recognitions": {"en": "Recognitions", "zh": "认可"},
    "age_under": {"en": "less than {under} months before", "zh": "不足 {under} 个月前"},
    "age_between": {"en": "{least} to {under} months before", "zh": "{least} 至 {under} 个月前"},
    "age_over": {"en": "{least} months before or more", "zh": "{least} 个月以前"},
    "age_never": {"en": "no day is recorded", "zh": "未记录日期"},
    "second_in_sum": {
        "en": "A second reader has read {current} of {total} norms; {stale} have changed since their second reading.",
        "zh": "共 {total} 项规范，其中 {current} 项经第二人复核；{stale} 项在复核后有改动。",
    },
    "least_fresh": {"en": "Least fresh", "zh": "最久未核对"},
    "least_fresh_lead": {
        "en": "The first {n} of {total}; the data have all of them.",
        "zh": "共 {total} 项，列出前 {n} 项；全部见数据。",
    },
    "last_read_on": {"en": "Last read", "zh": "最近核对"},
    "never_read": {"en": "no day recorded", "zh": "未记录"},
    "coming": {"en": "The next twelve months", "zh": "未来十二个月"},
    "coming_lead": {
        "en": "Up to {end}. What ends on a day is not in force on that day any more.",
        "zh": "截至 {end}。所列终止日当日起不再有效。",
    },
    "announced": {"en": "Announced, not in force", "zh": "已公布或者提出，尚未生效"},
    "announced_lead": {
        "en": "Drafts, treaties and recognitions that are signed and of which no first day in force is known, and norms that begin later.",
        "zh": "草案、已签署但生效日期未知的条约与认可，以及更晚开始适用的规范。",
    },
    "made_on": {"en": "made {day}", "zh": "{day} 作出"},
    "begins_on": {"en": "from {day}", "zh": "自 {day} 起"},
    "nothing_announced": {"en": "The graph holds nothing of the kind.", "zh": "图谱未载此类内容。"},
}
