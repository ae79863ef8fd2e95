"""What the title of a position, English or Spanish, says of its training roles: pure. A suggestion; people decide."""

from ..names import folded

# Beginnings of words in a title, and the roles that they speak for.
WORDS = {
    "drivers": ["driver", "chofer", "conductor", "operador de tracto", "trailer", "trucker"],
    "dispatch": ["dispatch", "despach", "traffic", "trafico", "logistic", "load plan", "tracking", "monitor"],
    "dock_and_warehouse": [
        *["dock", "warehouse", "loader", "forklift", "picker", "packer", "packing", "shipping", "receiv", "yard"],
        *["anden", "almac", "montacarg", "cargador", "patio", "embarqu", "recib", "material handler"],
    ],
    "security": ["guard", "security", "segur", "vigil", "watch", "gate"],
    "facilities": ["mainten", "manten", "facilit", "janitor", "clean", "limpi", "mechanic", "mecanic"],
    "reception_and_mailroom": ["recepti", "recepc", "mail", "correspond", "front desk"],
    "hr": ["hr", "human resour", "recruit", "recursos human", "reclut", "payroll", "nomina", "training coord"],
    "it": ["it", "information tech", "system", "sistem", "network", "redes", "software", "developer", "helpdesk"],
    "purchasing": ["purchas", "buyer", "sourcing", "procure", "compra"],
    "finance": ["financ", "account", "contab", "contador", "billing", "factur", "controller", "treasur"],
    "customs_and_shipping": [
        "customs",
        "aduan",
        "import",
        "export",
        "document",
        "broker",
        "trade compl",
        "shipping cl",
    ],
    "management": [
        "manager",
        "supervis",
        "director",
        "gerent",
        "jefe",
        "lead",
        "head of",
        "encargad",
        "chief",
        "foreman",
    ],
    "ctpat_poc": ["ctpat", "c-tpat", "oea"],
    "vessel_crew": ["seaman", "deckhand", "ship's", "vessel", "marin"],
}
# What handles cargo or its papers, or controls access.
SENSITIVE = {
    *["drivers", "dispatch", "dock_and_warehouse", "security", "customs_and_shipping", "ctpat_poc", "it"],
    *["vessel_crew"],
}


def _occurs(beginning, title):
    # Two letters are a word of their own: "hr" is not in "three", "it" not in "item".
    if len(beginning) <= 2:
        return beginning in title.replace("/", " ").split()
    return f" {beginning}" in f" {title}"


def of(title):
    """`(roles, whether the position is sensitive)` as the words of a title suggest."""
    title = folded(title)
    roles = [role for role, beginnings in WORDS.items() if any(_occurs(word, title) for word in beginnings)]
    return roles, bool(SENSITIVE.intersection(roles))
