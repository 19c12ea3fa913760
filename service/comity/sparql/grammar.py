"""The grammar of a SPARQL 1.1 query, in the notation of the standard, and the table that a parser reads it by.

Source: W3C Recommendation "SPARQL 1.1 Query Language", section 19.8, without the productions of updates. Quoted words are keywords
and signs, names without a production are terminals of :mod:`comity.sparql.tokens`; an indented line continues the one above.
"""

from __future__ import annotations

import re
from functools import cache

QUERY_GRAMMAR = """
QueryUnit ::= Prologue ( SelectQuery | ConstructQuery | DescribeQuery | AskQuery ) ValuesClause
Prologue ::= ( BaseDecl | PrefixDecl )*
BaseDecl ::= 'BASE' IRIREF
PrefixDecl ::= 'PREFIX' PNAME_NS IRIREF
SelectQuery ::= SelectClause DatasetClause* WhereClause SolutionModifier
SubSelect ::= SelectClause WhereClause SolutionModifier ValuesClause
SelectClause ::= 'SELECT' ( 'DISTINCT' | 'REDUCED' )? ( ( VAR | '(' Expression 'AS' VAR ')' )+ | '*' )
ConstructQuery ::= 'CONSTRUCT' ( ConstructTemplate DatasetClause* WhereClause SolutionModifier | DatasetClause* 'WHERE' '{'
    TriplesTemplate? '}' SolutionModifier )
DescribeQuery ::= 'DESCRIBE' ( VarOrIri+ | '*' ) DatasetClause* WhereClause? SolutionModifier
AskQuery ::= 'ASK' DatasetClause* WhereClause SolutionModifier
DatasetClause ::= 'FROM' ( DefaultGraphClause | NamedGraphClause )
DefaultGraphClause ::= SourceSelector
NamedGraphClause ::= 'NAMED' SourceSelector
SourceSelector ::= iri
WhereClause ::= 'WHERE'? GroupGraphPattern
SolutionModifier ::= GroupClause? HavingClause? OrderClause? LimitOffsetClauses?
GroupClause ::= 'GROUP' 'BY' GroupCondition+
GroupCondition ::= BuiltInCall | FunctionCall | '(' Expression ( 'AS' VAR )? ')' | VAR
HavingClause ::= 'HAVING' Constraint+
OrderClause ::= 'ORDER' 'BY' OrderCondition+
OrderCondition ::= ( 'ASC' | 'DESC' ) BrackettedExpression | Constraint | VAR
LimitOffsetClauses ::= LimitClause OffsetClause? | OffsetClause LimitClause?
LimitClause ::= 'LIMIT' INTEGER
OffsetClause ::= 'OFFSET' INTEGER
ValuesClause ::= ( 'VALUES' DataBlock )?
TriplesTemplate ::= TriplesSameSubject ( '.' TriplesTemplate? )?
GroupGraphPattern ::= '{' ( SubSelect | GroupGraphPatternSub ) '}'
GroupGraphPatternSub ::= TriplesBlock? ( GraphPatternNotTriples '.'? TriplesBlock? )*
TriplesBlock ::= TriplesSameSubjectPath ( '.' TriplesBlock? )?
GraphPatternNotTriples ::= GroupOrUnionGraphPattern | OptionalGraphPattern | MinusGraphPattern | GraphGraphPattern |
    ServiceGraphPattern | Filter | Bind | InlineData
OptionalGraphPattern ::= 'OPTIONAL' GroupGraphPattern
GraphGraphPattern ::= 'GRAPH' VarOrIri GroupGraphPattern
ServiceGraphPattern ::= 'SERVICE' 'SILENT'? VarOrIri GroupGraphPattern
Bind ::= 'BIND' '(' Expression 'AS' VAR ')'
InlineData ::= 'VALUES' DataBlock
DataBlock ::= InlineDataOneVar | InlineDataFull
InlineDataOneVar ::= VAR '{' DataBlockValue* '}'
InlineDataFull ::= ( NIL | '(' VAR* ')' ) '{' ( '(' DataBlockValue* ')' | NIL )* '}'
DataBlockValue ::= iri | RDFLiteral | NumericLiteral | BooleanLiteral | 'UNDEF'
MinusGraphPattern ::= 'MINUS' GroupGraphPattern
GroupOrUnionGraphPattern ::= GroupGraphPattern ( 'UNION' GroupGraphPattern )*
Filter ::= 'FILTER' Constraint
Constraint ::= BrackettedExpression | BuiltInCall | FunctionCall
FunctionCall ::= iri ArgList
ArgList ::= NIL | '(' 'DISTINCT'? Expression ( ',' Expression )* ')'
ExpressionList ::= NIL | '(' Expression ( ',' Expression )* ')'
ConstructTemplate ::= '{' ConstructTriples? '}'
ConstructTriples ::= TriplesSameSubject ( '.' ConstructTriples? )?
TriplesSameSubject ::= VarOrTerm PropertyListNotEmpty | TriplesNode PropertyList
PropertyList ::= PropertyListNotEmpty?
PropertyListNotEmpty ::= Verb ObjectList ( ';' ( Verb ObjectList )? )*
Verb ::= VarOrIri | 'a'
ObjectList ::= Object ( ',' Object )*
Object ::= GraphNode
TriplesSameSubjectPath ::= VarOrTerm PropertyListPathNotEmpty | TriplesNodePath PropertyListPath
PropertyListPath ::= PropertyListPathNotEmpty?
PropertyListPathNotEmpty ::= ( Path | VAR ) ObjectListPath ( ';' ( ( Path | VAR ) ObjectListPath )? )*
ObjectListPath ::= ObjectPath ( ',' ObjectPath )*
ObjectPath ::= GraphNodePath
Path ::= PathAlternative
PathAlternative ::= PathSequence ( '|' PathSequence )*
PathSequence ::= PathEltOrInverse ( '/' PathEltOrInverse )*
PathElt ::= PathPrimary PathMod?
PathEltOrInverse ::= PathElt | '^' PathElt
PathMod ::= '?' | '*' | '+'
PathPrimary ::= iri | 'a' | '!' PathNegatedPropertySet | '(' Path ')'
PathNegatedPropertySet ::= PathOneInPropertySet | '(' ( PathOneInPropertySet ( '|' PathOneInPropertySet )* )? ')' | NIL
PathOneInPropertySet ::= iri | 'a' | '^' ( iri | 'a' )
TriplesNode ::= Collection | BlankNodePropertyList
BlankNodePropertyList ::= '[' PropertyListNotEmpty ']'
TriplesNodePath ::= CollectionPath | BlankNodePropertyListPath
BlankNodePropertyListPath ::= '[' PropertyListPathNotEmpty ']'
Collection ::= '(' GraphNode+ ')'
CollectionPath ::= '(' GraphNodePath+ ')'
GraphNode ::= VarOrTerm | TriplesNode
GraphNodePath ::= VarOrTerm | TriplesNodePath
VarOrTerm ::= VAR | GraphTerm
VarOrIri ::= VAR | iri
GraphTerm ::= iri | RDFLiteral | NumericLiteral | BooleanLiteral | BlankNode | NIL
Expression ::= ConditionalOrExpression
ConditionalOrExpression ::= ConditionalAndExpression ( '||' ConditionalAndExpression )*
ConditionalAndExpression ::= ValueLogical ( '&&' ValueLogical )*
ValueLogical ::= RelationalExpression
RelationalExpression ::= NumericExpression ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) NumericExpression | 'IN' ExpressionList |
    'NOT' 'IN' ExpressionList )?
NumericExpression ::= AdditiveExpression
AdditiveExpression ::= MultiplicativeExpression ( ( '+' | '-' ) MultiplicativeExpression | ( NumericLiteralPositive |
    NumericLiteralNegative ) ( ( '*' | '/' ) UnaryExpression )* )*
MultiplicativeExpression ::= UnaryExpression ( ( '*' | '/' ) UnaryExpression )*
UnaryExpression ::= ( '!' | '+' | '-' )? PrimaryExpression
PrimaryExpression ::= BrackettedExpression | BuiltInCall | iriOrFunction | RDFLiteral | NumericLiteral | BooleanLiteral | VAR
BrackettedExpression ::= '(' Expression ')'
BuiltInCall ::= Aggregate | OneArgument '(' Expression ')' | TwoArguments '(' Expression ',' Expression ')' | ThreeArguments '('
    Expression ',' Expression ',' Expression ')' | NoArgument NIL | 'BOUND' '(' VAR ')' | 'BNODE' ( '(' Expression ')' | NIL ) | (
    'CONCAT' | 'COALESCE' ) ExpressionList | ( 'SUBSTR' | 'REGEX' ) '(' Expression ',' Expression ( ',' Expression )? ')' |
    'REPLACE' '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')' | 'EXISTS' GroupGraphPattern | 'NOT' 'EXISTS'
    GroupGraphPattern
OneArgument ::= 'STR' | 'LANG' | 'DATATYPE' | 'IRI' | 'URI' | 'ABS' | 'CEIL' | 'FLOOR' | 'ROUND' | 'STRLEN' | 'UCASE' | 'LCASE' |
    'ENCODE_FOR_URI' | 'YEAR' | 'MONTH' | 'DAY' | 'HOURS' | 'MINUTES' | 'SECONDS' | 'TIMEZONE' | 'TZ' | 'MD5' | 'SHA1' | 'SHA256' |
    'SHA384' | 'SHA512' | 'ISIRI' | 'ISURI' | 'ISBLANK' | 'ISLITERAL' | 'ISNUMERIC'
TwoArguments ::= 'LANGMATCHES' | 'CONTAINS' | 'STRSTARTS' | 'STRENDS' | 'STRBEFORE' | 'STRAFTER' | 'STRLANG' | 'STRDT' | 'SAMETERM'
ThreeArguments ::= 'IF'
NoArgument ::= 'RAND' | 'NOW' | 'UUID' | 'STRUUID'
Aggregate ::= 'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')' | ( 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'SAMPLE' ) '(' 'DISTINCT'?
    Expression ')' | 'GROUP_CONCAT' '(' 'DISTINCT'? Expression ( ';' 'SEPARATOR' '=' STRING )? ')'
iriOrFunction ::= iri ArgList?
RDFLiteral ::= STRING ( LANGTAG | '^^' iri )?
NumericLiteral ::= NumericLiteralUnsigned | NumericLiteralPositive | NumericLiteralNegative
NumericLiteralUnsigned ::= INTEGER | DECIMAL | DOUBLE
NumericLiteralPositive ::= INTEGER_POSITIVE | DECIMAL_POSITIVE | DOUBLE_POSITIVE
NumericLiteralNegative ::= INTEGER_NEGATIVE | DECIMAL_NEGATIVE | DOUBLE_NEGATIVE
BooleanLiteral ::= 'TRUE' | 'FALSE'
iri ::= IRIREF | PrefixedName
PrefixedName ::= PNAME_LN | PNAME_NS
BlankNode ::= BLANK_NODE_LABEL | ANON
"""

END = "end of query"
Rules = dict[str, list[tuple[str, ...]]]
Table = dict[str, dict[str, tuple[str, ...]]]


def plain_rules(notation: str) -> Rules:
    """``notation`` with every group, ``?``, ``*`` and ``+`` given a rule of its own (its name begins with ``%``)."""
    rules: Rules = {}

    def fresh(alternatives: list[tuple[str, ...]]) -> str:
        name = f"%{len(rules)}"
        rules[name] = alternatives
        return name

    def alternatives(words: list[str]) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        sequence: list[str] = []
        while words and words[0] != ")":
            word = words.pop(0)
            if word == "|":
                found.append(tuple(sequence))
                sequence = []
                continue
            if word == "(":
                symbol = fresh(alternatives(words))
                words.pop(0)
            else:
                symbol = word.strip("'")
            mark = words.pop(0) if words and words[0] in ("?", "*", "+") else ""
            if mark == "?":
                symbol = fresh([(symbol,), ()])
            elif mark:
                many = fresh([])
                rules[many] = [(symbol, many), ()]
                if mark == "+":
                    sequence.append(symbol)
                symbol = many
            sequence.append(symbol)
        return [*found, tuple(sequence)]

    for line in re.sub(r"\n +", " ", notation.strip()).splitlines():
        name, body = line.split(" ::= ")
        words = re.findall(r"'[^']+'|\w+|[()|?*+]", body)
        rules[name] = []
        rules[name] = alternatives(words)
    return rules


def parse_table(rules: Rules, start: str) -> Table:
    """The LL(1) table of ``rules``: for a rule and the word ahead, which alternative to take.

    Raises ``ValueError`` where two alternatives could begin with one word; the standard says that its grammar has none.
    """
    first: dict[str, set[str]] = {name: set() for name in rules}
    nullable: set[str] = set()
    follow: dict[str, set[str]] = {name: set() for name in rules}
    follow[start].add(END)

    def begins(sequence: tuple[str, ...]) -> tuple[set[str], bool]:
        found: set[str] = set()
        for symbol in sequence:
            found |= first.get(symbol, {symbol})
            if symbol not in nullable:
                return found, False
        return found, True

    size = -1
    while size != (size := sum(map(len, first.values())) + sum(map(len, follow.values())) + len(nullable)):
        for name, options in rules.items():
            for option in options:
                words, empty = begins(option)
                first[name] |= words
                if empty:
                    nullable.add(name)
                for index, symbol in enumerate(option):
                    if symbol in rules:
                        words, empty = begins(option[index + 1 :])
                        follow[symbol] |= words | (follow[name] if empty else set())
    table: Table = {}
    for name, options in rules.items():
        row = table[name] = {}
        for option in options:
            words, empty = begins(option)
            for word in words | (follow[name] if empty else set()):
                if row.setdefault(word, option) != option:
                    raise ValueError(f"{name} has two readings before {word}")
    return table


@cache
def query_table() -> Table:
    """The parse table of :data:`QUERY_GRAMMAR`, computed once per process."""
    return parse_table(plain_rules(QUERY_GRAMMAR), "QueryUnit")
