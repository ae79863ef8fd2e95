"""What the system holds about a person, and the local mailbox of a demo.

What is in a mail is shown as text, or in a frame that may do nothing.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from . import mailbox
from . import my_data as held

PER_PAGE = 25
# Mail has inline styles and no pictures; nothing else may load, run, or be sent from there. Links open a page of their
# own, where the reader is who they are; inside the frame they would be nobody.
FRAME_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


def _demo_only():
    if not settings.DEMO:
        raise Http404


def _message(key):
    _demo_only()
    message = mailbox.message(key)
    if message is None:
        raise Http404
    return message


@require_GET
def mailbox_list(request):
    _demo_only()
    page = Paginator(mailbox.keys(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"key": key, "message": _headers(mailbox.message(key))} for key in page]
    return render(request, "reminders/mailbox.html", {"page": page, "rows": rows})


@require_GET
def mailbox_message(request, key):
    message = _message(key)
    context = {
        "key": key,
        "message": _headers(message),
        "headers": [(name, str(value)) for name, value in message.items()],
        "text": mailbox.part(message, "plain"),
        "has_html": mailbox.part(message, "html") is not None,
    }
    return render(request, "reminders/mailbox_message.html", context)


@require_GET
@xframe_options_sameorigin
@csp(FRAME_POLICY)
def mailbox_html(request, key):
    html = mailbox.part(_message(key), "html")
    if html is None:
        raise Http404
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))


def _headers(message):
    return {"subject": message["Subject"], "to": message["To"], "from": message["From"], "at": message["Date"].datetime}


@login_required
@require_GET
@never_cache
def my_data(request):
    """A file of all that is held about whoever asks; of others there is none."""
    response = StreamingHttpResponse(held.json_text(request.user), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="gatehouse-{request.user.uuid}.json"'
    return response
