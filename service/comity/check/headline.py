"""The headline: one sentence that says what the answer is and which norms decide it."""

from __future__ import annotations

from comity.law.coverage import PlaceCoverage
from comity.law.outcome import Outcome
from comity.law.program_text import Words
from comity.law.verdict import deciding, of_the_flow

__all__ = ["headline"]

_SAID = {
    "prohibited": ("This flow is forbidden", "该流动被禁止"),
    "conflict": ("Two laws pull in opposite directions", "两部法律的要求相互抵触"),
    "needs-information": ("Too little is told to decide", "所述事实不足以作出判断"),
    "contested": ("The law is unsettled here", "该问题在法律上尚无定论"),
    "conditional": ("This flow is allowed on conditions", "该流动须满足条件方可进行"),
    "not-covered": ("The law on transfers that decides this flow is not held here", "本图未收录决定该流动的数据传输法律"),
    "permitted": ("This flow is permitted", "该流动被允许"),
    "not-regulated": ("None of the laws held here restricts this flow", "本图所载法律均未限制该流动"),
}
_OUTSIDE = {"en": "outside {}", "zh": "{}以外"}
_MOST = 2  # norms, or places, named in the sentence


def headline(outcome: Outcome) -> Words:
    """Return the sentence in English and Chinese."""
    said = _SAID[outcome.verdict]
    if outcome.verdict == "not-covered":
        return _of_places(said, outcome)
    decided = {
        ruling.norm.number: ruling.norm
        for instrument, verdict in outcome.verdicts.items()
        if verdict == outcome.verdict
        for ruling in deciding(of_the_flow(outcome.by_instrument[instrument]))
    }
    if outcome.verdict == "conflict":
        decided = {ruling.norm.number: ruling.norm for pair in outcome.collisions[:1] for ruling in (pair.first, pair.second)}
    provisions = outcome.application.program.data["provisions"]
    found = [(norm.data["label"], provisions[norm.data["provisions"][0]]["label"]) for norm in decided.values()]
    if outcome.verdict == "needs-information":  # several norms may stand in one provision, which is all that is told of them
        found = list({provision["en"]: (label, provision) for label, provision in found}.values())
    named, more = found[:_MOST], len(found[_MOST:])
    if not named:
        return {"en": f"{said[0]}.", "zh": f"{said[1]}。"}
    if outcome.verdict == "needs-information":  # what they want is of use once it is known that they apply
        english, chinese = "; ".join(provision["en"] for _, provision in named), "；".join(provision["zh"] for _, provision in named)
    else:
        english = "; ".join(f"{label['en']} ({provision['en']})" for label, provision in named)
        chinese = "；".join(f"{label['zh']}（{provision['zh']}）" for label, provision in named)
    return {
        "en": f"{said[0]}: {english}{f'; and {more} more' if more else ''}.",
        "zh": f"{said[1]}：{chinese}{f'；另有{more}项' if more else ''}。",
    }


def _of_places(said: tuple[str, str], outcome: Outcome) -> Words:
    """Return the sentence for law that is not held, which names the places whose law it is."""
    labels, told = outcome.application.program.data["placeLabels"], outcome.coverage.undecided[:_MOST]
    english, chinese = ([_name(place, labels.get(place.code, {}), lang) for place in told] for lang in ("en", "zh"))
    more = len(outcome.coverage.undecided) - len(told)
    return {
        "en": f"{said[0]}: {'; '.join(english)}{f'; and {more} more' if more else ''}.",
        "zh": f"{said[1]}：{'；'.join(chinese)}{f'；另有{more}处' if more else ''}。",
    }


def _name(place: PlaceCoverage, label: Words, lang: str) -> str:
    name = label.get(lang, place.code)
    return name if isinstance(place.place, str) else _OUTSIDE[lang].format(name)
