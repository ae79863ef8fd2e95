"""The certificate and its public check. Fetched and authorised in one query; unknown codes say what to do."""

import io

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learning.people import codes
from learning.people.local_days import company_day
from learning.people.signing_in import limits

from . import shown
from .models import TrainingRecord
from .papers import certificate as certificate_paper
from .papers import logos, register


def _records(on):
    """Records as a certificate shows them, with their status on that local date."""
    records = TrainingRecord.objects.with_status(on)
    return records.select_related("subject", "person", "entry__place").defer("question_versions", "cause")


def _theirs(request, uuid):
    """A record: one's own; of others for who may view records. 404 for strangers."""
    today = company_day(timezone.now())
    return get_object_or_404(_records(today).visible_to(request.user, today), uuid=uuid)


@login_required
@require_GET
@never_cache
def certificate(request, uuid):
    record = _theirs(request, uuid)
    # Evidence of an account that was merged into this one is one's own too.
    own = request.user.pk in (record.person_id, record.person.merged_into_id)
    return render(request, "records/certificate.html", _paper(record) | {"own": own})


def _paper(record):
    return {"certificate": shown.certificate(record), "logo": logos.address(record.company_uuid)}


@login_required
@require_GET
@never_cache
def certificate_pdf(request, uuid):
    """The same facts as one sheet. Its name on disk says nobody's."""
    record = _theirs(request, uuid)
    file = certificate_paper.pdf(record)
    return FileResponse(io.BytesIO(file), as_attachment=True, filename=f"certificate-{str(record.uuid)[:8]}.pdf")


@login_required
@require_GET
@never_cache
def training_file(request, uuid):
    """All records of a person on paper: one's own; of others for who may view records. 404 for strangers."""
    at = timezone.now()
    today = company_day(at)
    people = get_user_model().objects
    seen = people.filter(pk=request.user.pk)
    if request.user.has_perm("records.view_trainingrecord"):
        seen = people.filter(Q(pk=request.user.pk) | Q(pk__in=people.within_limits_of(request.user, today)))
    person = get_object_or_404(seen, uuid=uuid, merged_into__isnull=True)
    records = _records(today).filter(person__in=people.accounts_of(person)).select_related("subject", "corrects")
    file = register.training_file(person, records.order_by("-completed_at", "-pk"), at=at, day=today)
    return FileResponse(io.BytesIO(file), as_attachment=True, filename=f"training-file-{str(person.uuid)[:8]}.pdf")


@require_GET
def verify(request):
    """The form; a code typed into it leads to its page, however it was typed."""
    if code := codes.typed(request.GET.get("code", "")):
        return redirect("records:verify_code", code)
    context = {"tried": "code" in request.GET, "key": shown.public_key()}
    return render(request, "records/verify.html", context)


@require_GET
@never_cache
def verify_code(request, code):
    """What a certificate is worth today, for anybody who holds its code, and no more than the certificate says."""
    if limits.spent(request, "certificate"):
        return render(request, "429.html", status=429)
    record = _records(company_day(timezone.now())).filter(code=codes.typed(code)).first()
    if not record:
        limits.count(request, "certificate")
        return render(request, "records/verify_unknown.html", {"code": code}, status=404)
    return render(request, "records/verified.html", _paper(record))
