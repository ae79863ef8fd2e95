"""Files that editors uploaded. A browser may show them and nothing more: an SVG opened by itself runs no script."""

import errno
import mimetypes
import posixpath
import re

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file

# Not every system knows it, and without it a browser takes no captions.
mimetypes.add_type("text/vtt", ".vtt")
PRIVATE = ("documents/", "packs/", "exports/")
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF, "data:"], "sandbox": [True]})
def serve(request, path):
    """A file under MEDIA_ROOT; 404 for anything else. A web server in front may do the same with the same policy.

    Not documents, evidence packs, nor exports: their own addresses know who may read which.
    """
    if posixpath.normpath(path).lstrip("/").startswith(PRIVATE):
        raise Http404
    try:
        return part_of(serve_file(request, path, document_root=settings.MEDIA_ROOT), request.headers.get("Range", ""))
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error


def part_of(response, wanted):
    """The response, or the one range of bytes of it that is wanted (RFC 9110, 14): phones seek in a video by it.

    Anything but one range of a whole file is answered in full, as the standard allows.
    """
    found = RANGE.match(wanted)
    if not isinstance(response, FileResponse) or not found or found.group(0) == "bytes=-":
        return response
    size = int(response["Content-Length"])
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end or start >= size:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = response.file_to_stream
    file.seek(start)
    part = FileResponse(_Limited(file, end - start + 1), status=206, content_type=response["Content-Type"])
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Content-Length"] = end - start + 1
    part["Last-Modified"] = response["Last-Modified"]
    return part


class _Limited:
    """A file that ends after so many bytes."""

    def __init__(self, file, left):
        self.file, self.left = file, left

    def read(self, size=-1):
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def close(self):
        self.file.close()
