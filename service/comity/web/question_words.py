"""The words of the pages of the catalogue of questions and of the SPARQL editor, in both languages."""

from __future__ import annotations

QUESTION_WORDS: dict[str, dict[str, str]] = {
    "catalogue": {"en": "Questions", "zh": "问题"},
    "questions_lead": {
        "en": "Questions that the graph answers. Choose one, say what it asks for, and read the rows; what may stay empty stands for all.",
        "zh": "图谱可以回答的问题。选择一个问题，填写所需内容，即可查看结果；可以留空的，表示全部。",
    },
    "questions_found": {"en": "{n} questions", "zh": "共 {n} 个问题"},
    "question_filter": {"en": "Words in the question", "zh": "问题中的词语"},
    "question_none": {"en": "No question contains these words.", "zh": "没有包含这些词语的问题。"},
    "question_all": {"en": "All questions", "zh": "全部问题"},
    "question_asks": {"en": "What it asks for", "zh": "所需内容"},
    "question_open": {"en": "May stay empty: then for all.", "zh": "可留空，表示全部。"},
    "question_rows": {"en": "{n} rows", "zh": "{n} 行结果"},
    "question_one_row": {"en": "1 row", "zh": "1 行结果"},
    "question_no_rows": {"en": "No rows: the graph holds nothing that answers it.", "zh": "没有结果：图谱中没有相应内容。"},
    "question_text": {"en": "The query", "zh": "查询语句"},
    "question_edit": {"en": "Open in the SPARQL editor", "zh": "在 SPARQL 编辑器中打开"},
    "question_again": {"en": "Ask", "zh": "查询"},
    "rest_in_data": {"en": "All rows as data:", "zh": "全部结果数据："},
    # /sparql
    "sparql": {"en": "SPARQL", "zh": "SPARQL"},
    "sparql_lead": {
        "en": "Ask the whole graph in SPARQL 1.1. The prefixes below need not be declared. The endpoint only reads.",
        "zh": "以 SPARQL 1.1 查询整个图谱。下列前缀无须声明。端点只读。",
    },
    "sparql_query": {"en": "Query", "zh": "查询语句"},
    "sparql_run": {"en": "Run", "zh": "运行"},
    "sparql_format": {"en": "Result as", "zh": "结果格式"},
    "sparql_page": {"en": "table on this page", "zh": "本页表格"},
    "sparql_prefixes": {"en": "Prefixes", "zh": "前缀"},
    "sparql_examples": {"en": "Examples from the catalogue", "zh": "问题目录中的示例"},
    "sparql_example_more": {"en": "All {n} questions", "zh": "全部 {n} 个问题"},
    "sparql_result": {"en": "Result", "zh": "结果"},
    "sparql_rows": {"en": "{n} rows", "zh": "{n} 行"},
    "sparql_shown": {"en": "The first {n} are shown; the rest is in the data.", "zh": "仅显示前 {n} 行，其余见数据。"},
    "sparql_true": {"en": "The answer is: yes.", "zh": "回答：是。"},
    "sparql_false": {"en": "The answer is: no.", "zh": "回答：否。"},
    "sparql_hints": {"en": "Hints", "zh": "提示"},
    "sparql_failed": {"en": "The query was not answered", "zh": "查询未获答复"},
    "sparql_help": {"en": "What the graph holds", "zh": "图谱的内容"},
}
