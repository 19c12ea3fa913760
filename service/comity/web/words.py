"""The words of the pages themselves, in both languages. What the graph can name is named by the graph."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "about": {"en": "About this thing", "zh": "基本信息"},
    "api_docs": {"en": "API documentation", "zh": "API 文档"},
    "applies_when": {"en": "When it applies", "zh": "何时适用"},
    "check_a_flow": {"en": "Check a flow", "zh": "检查数据流动"},
    "check_intro": {
        "en": "Send a description of one flow; the answer cites the norms that apply, the conflicts between them "
        "and the facts that would decide what is open.",
        "zh": "发送一个数据流动的描述；答复会列出适用的规范、规范之间的冲突，以及决定未决问题所需的事实。",
    },
    "browse": {"en": "Browse the graph", "zh": "浏览图谱"},
    "conflicts": {"en": "Conflicts", "zh": "冲突"},
    "counts": {"en": "In this edition", "zh": "本版本内容"},
    "data": {"en": "This page as data", "zh": "本页数据"},
    "demands": {"en": "What it demands", "zh": "要求"},
    "alternatives": {"en": "Any one of these ways meets it", "zh": "满足下列任一方式即可"},
    "edition": {"en": "Graph", "zh": "图谱版本"},
    "examples": {"en": "Example flows", "zh": "示例流动"},
    "expression": {"en": "Defined as", "zh": "定义式"},
    "facts": {"en": "Facts that a description can state", "zh": "可陈述的事实"},
    "flow_schema": {"en": "JSON Schema of a flow", "zh": "流动描述的 JSON Schema"},
    "instruments": {"en": "Instruments", "zh": "法律文件"},
    "jurisdictions": {"en": "Jurisdictions", "zh": "法域"},
    "lead": {
        "en": "An open legal knowledge graph for cross-border data flows. Every statement cites its provision and has its dates.",
        "zh": "面向数据跨境流动的开放法律知识图谱。每一陈述均注明条款与日期。",
    },
    "more": {"en": "and {n} more, in the data", "zh": "另有 {n} 项，见数据"},
    "nothing_found": {"en": "Nothing in the graph contains “{q}”.", "zh": "图谱中没有包含“{q}”的内容。"},
    "no": {"en": "no", "zh": "否"},
    "norms": {"en": "Norms", "zh": "规范"},
    "no_docs_files": {
        "en": "The files of the documentation browser are not installed; the documents above say the same. To install them:",
        "zh": "未安装文档浏览器的文件；上述文档内容相同。安装方法：",
    },
    "not_advice": {
        "en": "A reading of the law by its curators, not legal advice. The official text rules.",
        "zh": "本站内容为编者对法律的理解，不构成法律意见；以官方文本为准。",
    },
    "official": {"en": "official page", "zh": "官方页面"},
    "open_sparql": {"en": "SPARQL endpoint", "zh": "SPARQL 端点"},
    "other": {"en": "Other words", "zh": "其他词汇"},
    "provision": {"en": "Provision", "zh": "条款"},
    "recognitions": {"en": "Recognitions", "zh": "认可关系"},
    "results": {"en": "{n} found for “{q}”", "zh": "“{q}”：共 {n} 项"},
    "search": {"en": "Search", "zh": "搜索"},
    "search_hint": {"en": "Name, article or identifier", "zh": "名称、条款或编号"},
    "service_docs": {"en": "API documentation", "zh": "API 文档"},
    "situations": {"en": "Situations and legal classes", "zh": "情形与法律类别"},
    "sparql_intro": {"en": "Ask the whole graph", "zh": "查询整个图谱"},
    "start": {"en": "Start", "zh": "首页"},
    "taxonomy": {"en": "Categories of data", "zh": "数据类别"},
    "until": {"en": "until {day}", "zh": "至 {day} 止"},
    "values": {"en": "Values of vocabularies", "zh": "词表取值"},
    "vocabularies": {"en": "Vocabularies", "zh": "词表"},
    "vocabulary": {"en": "Vocabulary", "zh": "词汇"},
    "vocabulary_lead": {
        "en": "Every word of the graph, with its definition. Names of properties are the keys of a flow description.",
        "zh": "图谱的全部词汇及其定义。属性名称即流动描述的键。",
    },
    "where_named": {"en": "Where it is named", "zh": "被引用之处"},
    "yes": {"en": "yes", "zh": "是"},
}

# How a property reads from its other end, on the page of the thing that it points to.
REVERSED: dict[str, dict[str, str]] = {
    "https://w3id.org/comity/ns#appliesWhen": {"en": "Norms that apply in this situation", "zh": "在此情形适用的规范"},
    "https://w3id.org/comity/ns#betweenNorm": {"en": "Conflicts in which it stands", "zh": "所涉冲突"},
    "https://w3id.org/comity/ns#demands": {"en": "Demanded by", "zh": "由下列规范要求"},
    "https://w3id.org/comity/ns#exceptionTo": {"en": "Exceptions that defeat it", "zh": "排除本规范的例外"},
    "https://w3id.org/comity/ns#inBody": {"en": "Who belongs to it", "zh": "成员"},
    "https://w3id.org/comity/ns#jurisdiction": {"en": "Its instruments", "zh": "其法律文件"},
    "https://w3id.org/comity/ns#member": {"en": "Memberships", "zh": "成员资格"},
    "https://w3id.org/comity/ns#partOf": {"en": "Its parts", "zh": "其组成部分"},
    "https://w3id.org/comity/ns#recognised": {"en": "Recognised by", "zh": "获下列认可"},
    "https://w3id.org/comity/ns#recogniser": {"en": "What it recognises", "zh": "所作出的认可"},
    "https://w3id.org/comity/ns#replaces": {"en": "Norms that took its place", "zh": "取代本规范的规范"},
    "https://w3id.org/comity/ns#statedIn": {"en": "What it states", "zh": "本条款所载"},
    "https://w3id.org/comity/ns#witness": {"en": "Conflicts that it shows", "zh": "所显示的冲突"},
    "https://w3id.org/comity/ns#yieldsTo": {"en": "Norms that yield to it", "zh": "让位于本规范者"},
    "http://data.europa.eu/eli/ontology#is_part_of": {"en": "Its provisions", "zh": "其条款"},
    "http://www.w3.org/2000/01/rdf-schema#subClassOf": {"en": "Narrower classes", "zh": "下位类"},
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": {"en": "Its instances", "zh": "实例"},
}


def words(lang: str) -> dict[str, str]:
    """The words of the pages in ``lang`` (en or zh) by key."""
    return {key: texts[lang] for key, texts in WORDS.items()}
