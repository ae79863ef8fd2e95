"""Files that editors uploaded. A browser may show them and nothing more: an SVG opened by itself runs no script."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF, "data:"], "sandbox": [True]})
def serve(request, path):
    """A file under MEDIA_ROOT; 404 for anything else. A web server in front may do the same with the same policy."""
    return serve_file(request, path, document_root=settings.MEDIA_ROOT)
