"""Reading a description: JSON in, nodes out, every fault named.

A description is one flat leg, or ``legs``. Parties may be written in place or by ``id``; one party is one node.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from comity.flow.budget import Budget, OverBudget
from comity.flow.canonical import MAX_DEPTH, TooDeep, in_order
from comity.flow.chains import circle, longest_chain
from comity.flow.counting import Counter
from comity.flow.naming import MAX_PARTIES, PartyNames
from comity.flow.partial import denied, none_beside_others, of_other_kind
from comity.flow.problems import DescriptionError, Problem, Speller, problem
from comity.flow.schema import KeySchema, Schema
from comity.flow.values import Refusal, ValueReader, is_partial
from comity.logic.node import HOLDER_PLACE, HolderPlace, Node, OpenNodes
from comity.logic.territory import Territories

__all__ = ["NOT_OF_THE_FLOW", "Description", "read_description"]

MAX_ITEMS = 200
MAX_LEGS = 50
MAX_CHAIN = 50
_MAX_PROBLEMS = 50
NOT_OF_THE_FLOW = ("$schema", "@context")
"""Keys that say how a description is to be read; they are accepted beside ``asOf`` and mean nothing here."""
_ANSWERED = frozenset(("verdict", "request", "graph"))


@dataclass(slots=True)
class Description:
    """A description that was read: the day, the legs, and every party by its pointer; ``raw`` is the description itself.

    ``positions`` are those taken on unsettled questions, ``assumed`` are the facts that silence stands for, ``countings`` how the
    counts taken so far rest on stated figures, by the pointers of their facts.
    """

    day: date
    legs: list[Node]
    parties: list[Node]
    is_route: bool
    counter: Counter
    raw: dict[str, Any]
    assumed: list[dict[str, Any]] = field(default_factory=list)
    positions: dict[str, str] = field(default_factory=dict)


def read_description(data: Any, schema: Schema, territories: Territories) -> Description:
    """Read a description. Raises :class:`DescriptionError` with every fault found."""
    reader = _Reader(data, schema, territories)
    try:
        return reader.read()
    except OverBudget as over:
        raise DescriptionError([*reader.problems, over.fault]) from None


class _Reader:
    def __init__(self, data: Any, schema: Schema, territories: Territories) -> None:
        self._data = data
        self._schema = schema
        self.problems: list[Problem] = []
        self._budget = Budget()
        self._speller = Speller()
        self._territories = territories
        self._named: dict[str, tuple[str, dict[str, Any]]] = {}
        self._parties: dict[str, Node] = {}
        self._later: list[tuple[Node, Any]] = []
        self._depth = 0

    def read(self) -> Description:
        data = self._data
        if not isinstance(data, dict):
            self._fault("", "a description is a JSON object", "描述应为一个 JSON 对象")
            raise DescriptionError(self.problems)
        if data.keys() >= _ANSWERED:
            self._fault("", "this is an answer; send the description that it answers", "这是一份答复；请提交其所答复的流动描述")
            raise DescriptionError(self.problems)
        data = {key: value for key, value in data.items() if key not in NOT_OF_THE_FLOW}
        try:
            data = in_order(data)
        except TooDeep:
            self._fault("", f"objects are nested more than {MAX_DEPTH} deep", f"嵌套层次超过 {MAX_DEPTH} 层")
            raise DescriptionError(self.problems) from None
        day = self._day(data)
        self._values = ValueReader(self._schema, self._territories, day, self._budget, self._speller)
        names = PartyNames(data, self._schema.party_keys)
        self._named = names.described
        for fault in names.problems():
            self._add(fault)
        if not self.problems:
            data = names.said_once(data)
        legs = self._legs(data)
        for index, raw in enumerate(self._listed(data.get("parties", []), "/parties", MAX_PARTIES)):
            self._party(raw, f"/parties/{index}")
        while self._later:
            node, raw = self._later.pop(0)
            self._node("Party", raw, node.path, into=node)
        parties = list({id(node): node for node in self._parties.values()}.values())
        for node in parties:
            self._check_shares(node)
        self._check_chains(parties)
        if self.problems:
            raise DescriptionError(self.problems)
        self._budget.check_work(legs, len(parties))
        return Description(day, legs, parties, "legs" in data, Counter(self._schema), data)

    def _fault(self, pointer: str, en: str, zh: str, near: list[str] | None = None) -> None:
        self._add(problem(pointer, en, zh, near))

    def _add(self, fault: Problem) -> None:
        self.problems.append(fault)
        if len(self.problems) >= _MAX_PROBLEMS:  # nobody mends more at once
            raise DescriptionError(self.problems)

    def _day(self, data: dict[str, Any]) -> date:
        if "asOf" not in data:
            self._fault("/asOf", "give the day for which the answer is wanted, as YYYY-MM-DD", "请以 YYYY-MM-DD 写明按哪一天的法律作出判断")
            raise DescriptionError(self.problems)
        try:
            return ValueReader.day(data["asOf"], "/asOf")
        except Refusal as refusal:
            raise DescriptionError([refusal.fault]) from None

    def _listed(self, value: Any, pointer: str, most: int) -> list[Any]:
        if not isinstance(value, list):
            self._fault(pointer, "a list is wanted", "应为列表")
            return []
        if len(value) > most:
            self._fault(
                pointer,
                f"{len(value)} entries; at most {most} are read, so merge what is alike or send several descriptions",
                f"共 {len(value)} 项，最多读取 {most} 项；请合并同类项或分次提交",
            )
            return []
        return value

    def _legs(self, data: dict[str, Any]) -> list[Node]:
        own = self._schema.nodes["Description"]
        if "legs" not in data:
            flat = {key: value for key, value in data.items() if key not in own}
            return [self._node("DataFlow", flat, "", known=frozenset(own))]
        for key in data:
            if key not in own:
                self._fault(
                    f"/{key}",
                    "beside legs only asOf and parties may stand; write it on a leg",
                    "使用 legs 时，顶层只能写 asOf 和 parties；请把该键写在具体环节中",
                )
        raws = self._listed(data["legs"], "/legs", MAX_LEGS)
        if not raws and isinstance(data["legs"], list) and not data["legs"]:
            self._fault("/legs", "a route has at least one leg", "路线至少应有一个环节")
        return [self._node("DataFlow", raw, f"/legs/{index}") for index, raw in enumerate(raws)]

    def _node(self, kind: str, raw: Any, pointer: str, known: frozenset[str] = frozenset(), into: Node | None = None) -> Node:
        self._budget.spend_object(pointer)
        node = into if into is not None else Node(kind, pointer, raw if isinstance(raw, dict) else {})
        if not isinstance(raw, dict):
            self._fault(pointer, "a JSON object is wanted here", "此处应为 JSON 对象")
            return node
        for key, value in raw.items():
            entry = self._schema.find(kind, key)
            place = f"{pointer}/{key}"
            if entry is None:
                near = self._speller.nearest(key, list(self._schema.nodes[kind]) + list(known))
                hint = f"; nearest: {', '.join(near)}" if near else ""
                self._fault(place, f"{key!r} is not a fact of {kind}{hint}", f"{key!r} 不是 {kind} 的事实", near)
                continue
            try:
                node[key] = self._value(entry, value, place)
            except Refusal as refusal:
                self._add(refusal.fault)
        self._check_dates(node)
        return node

    def _value(self, entry: KeySchema, value: Any, pointer: str) -> Any:
        if entry.kind in ("node", "party", "partyOrPlace"):
            if value is None:
                return []
            one = self._node(entry.node, value, pointer) if entry.kind == "node" else self._party(value, pointer, entry)
            return [one]
        if entry.kind in ("nodes", "parties", "partiesOrPlaces"):
            if value is None and entry.nullable:
                return []
            if is_partial(value):
                rest = denied(entry, value.get("no", []), f"{pointer}/no", self._schema, self._values)
                return OpenNodes(self._nodes(entry, value.get("yes", []), f"{pointer}/yes"), rest)
            each = self._nodes(entry, value, pointer)
            if entry.apart_by and each:
                return OpenNodes(each, of_other_kind(entry, each, pointer))
            return OpenNodes(each) if entry.open else each
        return self._values.read(entry, value, pointer)

    def _nodes(self, entry: KeySchema, value: Any, pointer: str) -> list[Node]:
        most = MAX_ITEMS if entry.key == "dataItems" else MAX_PARTIES
        raws = self._listed(value, pointer, most)
        nodes = [
            self._node(entry.node, raw, f"{pointer}/{i}") if entry.kind == "nodes" else self._party(raw, f"{pointer}/{i}", entry)
            for i, raw in enumerate(raws)
        ]
        if (fault := none_beside_others(self._schema, nodes)) is not None:
            node, key = fault
            self._fault(
                f"{node.path}/{key}",
                f"{node.raw[key]!r} says that there is none, but more is stated beside it; leave out the one or the other",
                f"{node.raw[key]!r} 表示不存在，却另有说明；请删去其中之一",
            )
        return nodes

    def _party(self, value: Any, pointer: str, entry: KeySchema | None = None) -> Node:
        if isinstance(value, str):
            if value in self._named:
                home, raw = self._named[value]
                return self._party_at(home, raw)
            if entry is not None and entry.kind in ("partyOrPlace", "partiesOrPlaces"):
                return self._holder(value, pointer)
            near = self._speller.nearest(value, self._named)
            raise Refusal(
                problem(
                    pointer,
                    f"no party has the id {value!r}; describe it under parties",
                    f"没有 id 为 {value!r} 的主体；请在 parties 中加以描述",
                    near,
                )
            )
        if (
            entry is not None
            and entry.kind in ("partyOrPlace", "partiesOrPlaces")
            and isinstance(value, dict)
            and len(value) == 1
            and set(value) <= {"in", "outside"}
        ):
            return self._holder(value, pointer)
        if isinstance(value, dict) and isinstance(value.get("id"), str) and value["id"] in self._named:
            home, raw = self._named[value["id"]]
            return self._party_at(home, raw)
        return self._party_at(pointer, value)

    def _holder(self, value: Any, pointer: str) -> Node:
        holder = HolderPlace("Place", pointer, {"place": value})
        holder[HOLDER_PLACE] = (self._values.candidates(value, pointer),)
        return holder

    def _party_at(self, pointer: str, raw: Any) -> Node:
        if pointer not in self._parties:
            self._parties[pointer] = node = Node("Party", pointer, raw if isinstance(raw, dict) else {})
            if self._depth < MAX_CHAIN:
                self._depth += 1
                self._node("Party", raw, pointer, into=node)
                self._depth -= 1
            else:  # a chain of references can be longer than calls can be deep
                self._later.append((node, raw))
        return self._parties[pointer]

    def _check_dates(self, node: Node) -> None:
        start, until = node.get("validFrom"), node.get("validUntil")
        if start and until and next(iter(until)) <= next(iter(start)):
            self._fault(f"{node.path}/validUntil", "it ends on or before the day on which it begins", "终止日不得早于或等于起始日")

    def _check_shares(self, node: Node) -> None:
        for key, share in self._schema.shares:
            total = sum(holding.get(share, (0, 0))[0] for holding in node.get(key) or ())
            if round(total, 2) > 100:
                self._fault(
                    f"{node.path}/{key}", f"the shares add up to {total:g} percent, more than 100", f"持股比例合计为 {total:g}%，超过 100%"
                )

    def _check_chains(self, parties: list[Node]) -> None:
        if (node := circle(parties, self._schema.acyclic)) is not None:
            self._fault(
                node.path,
                "this party belongs to itself, through owners, controllers or the whole of which it is a branch",
                "该主体通过股东、控制人或所属法人关系归属于自身",
            )
        if len(parties) <= MAX_CHAIN + 1:
            return
        length, first = longest_chain(parties, self._schema.links, self._schema.acyclic)
        if first is not None and length > MAX_CHAIN + 1:
            self._fault(
                first.path,
                f"a chain of owners, employers or other ties of more than {MAX_CHAIN} tiers is not read; leave out tiers that add nothing",
                f"股权、雇佣等关系链条超过 {MAX_CHAIN} 层，不予读取；请省略无关层级",
            )
