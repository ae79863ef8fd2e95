"""Every address of the site, as Django's resolver knows them."""

from dataclasses import dataclass

from django.urls import URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """`name` with its namespaces, or the route itself where there is no name."""

    name: str
    route: str


def addresses():
    """All that somebody can ask for, without what is never reached because the same route came before."""
    seen = set()
    for address in _walk(get_resolver().url_patterns, (), ""):
        if address.route not in seen:
            seen.add(address.route)
            yield address


def _walk(patterns, namespaces, before):
    for pattern in patterns:
        # As in ResolverMatch.route; the prefix of a language is none in English.
        here = str(pattern.pattern)
        route = before + here.removeprefix("^") if before else here
        if isinstance(pattern, URLResolver):
            inside = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inside, route)
        else:
            yield Address(":".join([*namespaces, pattern.name]) if pattern.name else route, route)
