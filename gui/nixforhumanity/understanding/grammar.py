"""The grammar stage: every template of a language against one text, best match first."""

from collections.abc import Sequence
from functools import cache

from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.templates import Template, TemplateMatch, compile_template, match_template


class Grammar:
    """The compiled templates of one language."""

    def __init__(self, templates: Sequence[Template]) -> None:
        self._templates = tuple(templates)

    def matches(self, text: str) -> list[TemplateMatch]:
        """Return what fits the normalised text, one match a request, the most literal first."""
        best: dict[str, TemplateMatch] = {}
        for template in self._templates:
            found = match_template(template, text)
            if found is None:
                continue
            known = best.get(found.request)
            if known is None or found.literal_length > known.literal_length:
                best[found.request] = found
        return sorted(best.values(), key=lambda match: -match.literal_length)


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language; English for a language that has no sentences yet."""
    known = sentences(language)
    if not known.requests:
        known = sentences("en")
    return Grammar(
        [
            compile_template(row.request, source, known.rules)
            for row in known.requests.values()
            for source in row.templates
        ]
    )
