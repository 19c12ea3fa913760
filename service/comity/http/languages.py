"""Texts in English and Chinese, and keeping one of the two."""

from __future__ import annotations

LANGUAGES = ("en", "zh")


def in_language(value: object, lang: str) -> object:
    """Return ``value`` with only ``lang`` kept in every ``{"en": …, "zh": …}`` map; a map without ``lang`` stays whole."""
    if isinstance(value, dict):
        if value and value.keys() <= {"en", "zh"}:
            return {lang: value[lang]} if lang in value else value
        return {key: in_language(item, lang) for key, item in value.items()}
    if isinstance(value, list):
        return [in_language(item, lang) for item in value]
    return value
