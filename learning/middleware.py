"""The policy of what a browser may load: strict for people's pages, wider where Wagtail's admin needs it.

And a page for who comes to an address that only takes forms.
"""

import json
import re

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# How Wagtail's widgets and panels start themselves: one call of a constructor of theirs, with plain data.
WIDGET = re.compile(r"(?:init\w+Chooser|createTaskChooser|new [\w.]*Chooser)\((.*)\);", re.DOTALL)
PANEL = re.compile(
    r"\(function\(\) \{\s*var panel = new (?:InlinePanel|MultipleChooserPanel)\(JSON\.parse\((.*)\)\);\s*\}\)\(\);",
    re.DOTALL,
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def process_response(self, request, response):
        if request.path.startswith(reverse("wagtailadmin_home")) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
            if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
                _let_widgets_start(request, response)
        return super().process_response(request, response)


def _let_widgets_start(request, response):
    """Wagtail writes its initialisers without a nonce: those, and no other inline script, are given one here."""

    def with_nonce(match):
        if not _is_initialiser(match[1].decode().strip()):
            return match[0]
        return b'<script nonce="%s">%s</script>' % (str(request.csp_nonce).encode(), match[1])

    content = INLINE.sub(with_nonce, response.content)
    if content != response.content:
        response.content = content
        response["Content-Length"] = str(len(content))


def _is_initialiser(script):
    call = WIDGET.fullmatch(script) or PANEL.fullmatch(script)
    if not call:
        return False
    try:
        json.loads(f"[{call[1]}]")
    except ValueError:
        return False
    return True


def page_for_forms_only(get_response):
    """Signing in again in the middle of a form leads to its address with GET: that needs words and a way on."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
