"""Takes the questions out of an XML file one by one. Nothing here trusts the file: no document types, so no entities of
its own and nothing from outside; depth, and elements of a question, are limited.
"""

from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from django.utils.translation import gettext as _

from ..refused import Refused

PIECE = 64 * 1024
MAX_DEPTH = 30
MAX_ELEMENTS = 5_000


class _Questions:
    """What the parser tells. Each question is a tree of its own, so that no more than one is in memory."""

    def __init__(self):
        self.line = lambda: 0
        # `(line, element)` of those that are whole.
        self.complete = []
        self._tree = None
        self._depth = self._elements = self._began = 0

    def start(self, tag, attributes):
        self._depth += 1
        self._elements += 1
        if self._depth == 1:
            self._check_root(tag)
            return
        if self._depth == 2:
            self._tree, self._elements, self._began = TreeBuilder(), 0, self.line()
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise Refused(_("Line %(line)d: no question holds so much; the file is refused.") % {"line": self.line()})
        self._tree.start(tag, attributes)

    def _check_root(self, tag):
        if tag != "quiz":
            raise Refused(
                _("This is XML, but not of Moodle's questions: it begins with <%(tag)s>, not <quiz>.")
                % {"tag": tag[:40]}
            )

    def data(self, text):
        if self._depth > 1:
            self._tree.data(text)

    def end(self, tag):
        self._depth -= 1
        if self._depth:
            self._tree.end(tag)
        if self._depth == 1:
            element = self._tree.close()
            if tag == "question":
                self.complete.append((self._began, element))

    def close(self):
        pass


def questions(data):
    """`(line, element)` for each <question> of the bytes of a file. Raises Refused."""
    builder = _Questions()
    parser = XMLParser(target=builder, forbid_dtd=True)
    builder.line = lambda: parser.parser.CurrentLineNumber
    try:
        for place in range(0, len(data), PIECE):
            parser.feed(data[place : place + PIECE])
            yield from builder.complete
            builder.complete.clear()
        parser.close()
    except DefusedXmlException:
        raise Refused(
            _("The file declares a document type or entities, which no export of questions does: it is refused.")
        )
    except (ParseError, LookupError, ValueError) as error:
        raise Refused(_("The XML is broken: %(error)s. Export it again.") % {"error": error})
