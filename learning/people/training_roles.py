"""The roles that the criteria name people by who must be trained (criteria.yaml, `roles`), each with its label."""

from django.utils.translation import gettext_lazy as _

TRAINING_ROLES = {
    "all_personnel": _("Everyone, contractors and temporary staff included"),
    "drivers": _("Drivers"),
    "dispatch": _("Dispatch, load assignment and tracking"),
    "dock_and_warehouse": _("Shipping, receiving, loading, packing and warehouse staff, seal handlers"),
    "security": _("Guards and security staff"),
    "facilities": _("Maintenance and facilities"),
    "reception_and_mailroom": _("Reception and mailroom"),
    "hr": _("Human resources"),
    "it": _("Information technology"),
    "purchasing": _("Purchasing and sourcing"),
    "finance": _("Finance and accounting"),
    "customs_and_shipping": _("Customs, import/export and shipping documentation"),
    "management": _("Supervisors and management"),
    "ctpat_poc": _("CTPAT points of contact and program administrators"),
    "vessel_crew": _("Ship's crew"),
    "contractors_and_temporary_staff": _("Contract and temporary workers"),
}


def in_words(roles):
    return ", ".join(str(TRAINING_ROLES.get(role, role)) for role in roles)
