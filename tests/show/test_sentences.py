"""Demands in words: a sentence for each form that a shape may take, in both languages."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from comity.web.sentence import Sentences
from comity.web.terms import Terms
from comity.web.tree import read

WORDS = """
@prefix c: <https://w3id.org/comity/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
c:exporter a owl:FunctionalProperty ; skos:prefLabel "exporter"@en , "提供方"@zh .
c:filings skos:prefLabel "filings"@en , "备案"@zh .
c:kind skos:prefLabel "kind"@en , "类型"@zh .
c:sealed skos:prefLabel "sealed"@en , "已封存"@zh .
c:count skos:prefLabel "count"@en , "数量"@zh .
c:a skos:prefLabel "alpha"@en , "甲"@zh . c:b skos:prefLabel "beta"@en , "乙"@zh .
"""


@pytest.mark.parametrize(("turtle", "en", "zh"), [
    ('sh:name "by name"@en , "以名称"@zh ; sh:class c:a', "by name", "以名称"),
    ("sh:class c:a", "alpha", "甲"),
    ("sh:property [ sh:path c:sealed ; sh:hasValue true ]", "sealed: yes", "已封存：是"),
    ("sh:property [ sh:path c:kind ; sh:in ( c:a c:b ) ]", "kind: alpha or beta", "类型：甲或乙"),
    ("sh:property [ sh:path c:count ; sh:minInclusive 5 ]", "count: at least 5", "数量：不少于5"),
    ("sh:property [ sh:path c:count ; sh:maxExclusive 5 ]", "count: less than 5", "数量：少于5"),
    ("sh:property [ sh:path c:filings ; sh:minCount 1 ]", "filings: stated", "备案：已说明"),
    ("sh:property [ sh:path c:filings ; sh:minCount 2 ]", "at least 2 of filings", "至少2项备案"),
    ("sh:property [ sh:path c:filings ; sh:maxCount 0 ]", "no filings", "没有备案"),
    ("sh:property [ sh:path c:filings ; sh:node [ sh:class c:a ] ]", "filings: only alpha", "备案：仅限甲"),
    ("sh:property [ sh:path c:filings ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class c:a ] ]", "filings: alpha", "备案：甲"),
    ("sh:property [ sh:path c:filings ; sh:qualifiedMinCount 3 ; sh:qualifiedValueShape [ sh:class c:a ] ]",
     "at least 3 of filings: alpha", "至少3项备案：甲"),
    ("sh:property [ sh:path c:filings ; sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape [ sh:class c:a ] ]", 
     "no filings: alpha", "没有备案：甲"),
    ("sh:property [ sh:path c:filings ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ "
     "sh:property [ sh:path c:kind ; sh:hasValue c:a ] ] ]", "among filings, one with kind: alpha", "备案中有一项，其类型：甲"),
    ("sh:property [ sh:path c:exporter ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ "
     "sh:property [ sh:path c:sealed ; sh:hasValue false ] ] ]", "exporter with sealed: no", "提供方，其已封存：否"),
    ("sh:property [ sh:path ( c:exporter c:kind ) ; sh:hasValue c:b ]", "exporter › kind: beta", "提供方 › 类型：乙"),
    ("sh:not [ sh:class c:a ]", "not (alpha)", "并非（甲）"),
    ("sh:or ( [ sh:class c:a ] [ sh:class c:b ] )", "alpha or beta", "甲，或者乙"),
    ("sh:class c:a ; sh:or ( [ sh:class c:a ] [ sh:class c:b ] )", "alpha and (alpha or beta)", "甲，且（甲，或者乙）"),
])  # fmt: skip
def test_each_form_of_a_demand_has_its_words(turtle, en, zh):
    store = ox.Store()
    store.load(f"{WORDS} c:shape a sh:NodeShape ; {turtle} .".encode(), format=ox.RdfFormat.TURTLE)
    sentences = Sentences(Terms(store))
    shape = read(store, ox.NamedNode("https://w3id.org/comity/ns#shape"))
    assert (sentences.shape(shape, "en"), sentences.shape(shape, "zh")) == (en, zh)
