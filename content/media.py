"""Files that editors uploaded. A browser may show them and nothing more: an SVG opened by itself runs no script."""

import errno
import posixpath

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF, "data:"], "sandbox": [True]})
def serve(request, path):
    """A file under MEDIA_ROOT; 404 for anything else. A web server in front may do the same with the same policy.

    Not documents: their own address (`/documents/…`) knows who may read which.
    """
    if posixpath.normpath(path).lstrip("/").startswith("documents/"):
        raise Http404
    try:
        return serve_file(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
