"""What people type is found: laws and articles, places, synonyms, in English and Chinese."""

from __future__ import annotations

import pytest

from comity.web.finder import fold

FIRST = [
    ("PIPL 41", "cn/pipl/art-41"),
    ("UAE", "place/AE"),
    ("GDPR 48", "eu/gdpr/art-48"),
    ("GDPR article 48", "eu/gdpr/art-48"),
    ("gdpr Art. 49(1)(a)", "eu/gdpr/art-49-1-a"),
    ("28 CFR 202.301", "us/cfr-202/sec-301-a"),
    ("CLOUD Act", "us/cloud-act"),
    ("bulk data rule", "us/cfr-202"),
    ("Schrems II", "eu/schrems-ii"),
    ("Schrems 2", "eu/schrems-ii"),
    ("SCC", "eu/scc-2021-914"),
    ("Section 702", "us/fisa-702"),
    ("UK", "place/GB"),
    ("AI Act", "eu/ai-act"),
    ("adequacy Japan", "eu/adequacy-jp"),
    ("个人信息保护法第四十一条", "cn/pipl/art-41"),
    ("《个人信息保护法》41", "cn/pipl/art-41"),
    ("数安法 36", "cn/dsl/art-36"),
    ("网安法 39", "cn/csl/art-39"),
    ("阿联酋", "place/AE"),
    ("阿拉伯联合酋长国", "place/AE"),
    ("英国", "place/GB"),
    ("标准合同办法", "cn/sccm"),
    ("安全评估办法第4条", "cn/sam/art-4"),
    ("阻断办法", "cn/block"),
    ("云法案", "us/cloud-act"),
    ("通用数据保护条例 48", "eu/gdpr/art-48"),
]
AMONG = [
    ("个保法 38", "cn/pipl/art-38-1"),
    ("个保法第38条", "cn/pipl/art-38-1"),
    ("GDPR 48", "eu/gdpr/norm-48"),
    ("个保法 41", "cn/pipl/norm-41"),
    ("欧盟 充分性 日本", "recognition/REC-012"),
    ("important data", "officialStatus-important"),
    ("重要数据", "CnImportantData"),
    ("海牙取证公约", "treaty/hague-evidence"),
    ("Cybersecurity Law 39", "cn/csl/art-39"),
    ("Data Act 32", "eu/data-act/art-32-1"),
]


@pytest.mark.parametrize(("text", "key"), FIRST)
def test_the_best_is_first(finder, text, key):
    assert [entry.key for entry in finder.find(text, 3)[1]][:1] == [key]


@pytest.mark.parametrize(("text", "key"), AMONG)
def test_it_is_among_the_first(finder, text, key):
    assert key in [entry.key for entry in finder.find(text, 6)[1]]


def test_a_number_is_no_part_of_another_number(finder):
    assert all("148" not in entry.key for entry in finder.find("GDPR 48", 200)[1])
    assert finder.find("PIPL 9999", 5)[0] == 0


def test_words_may_be_begun_and_letters_of_chinese_words_be_split(finder):
    assert finder.find("adequ jap", 5)[0] > 0
    assert finder.find("中国数据出境评估", 5)[0] > 0


@pytest.mark.parametrize("text", ["", " ", "《》", "zzzz", "%_*", "第条", "\x00", "a" * 200])
def test_what_says_nothing_finds_nothing_or_something_but_never_fails(finder, text):
    assert finder.find(text, 5)[0] >= 0


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第三十八条", "38"),
        ("第一百零五条", "105"),
        ("第十条第二款", "10 2"),
        ("第38条", "38"),
        ("第二〇条", "20"),
        ("ＧＤＰＲ４８", "gdpr 48"),
        ("art. 4(2)", "art 4 2"),
    ],
)
def test_numbers_are_compared_as_figures(text, folded):
    assert fold(text) == folded


def test_a_search_by_page(law):
    assert law.get("/search?q=PIPL-41").status_code == 303
    text = law.get("/search?q=PIPL+41&lang=zh").text
    assert text.index("/id/cn/pipl/art-41?lang=zh") < text.index("/id/cn/pipl/norm-41?lang=zh") and "《个人信息保护法》第41条" in text
    assert "Nothing in the graph" in law.get("/search?q=zzzz").text
