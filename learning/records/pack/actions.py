"""Deeds with packs: asking for one, making and keeping it."""

import hashlib
import secrets
import tempfile
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from .. import actions
from ..ledger import actions as ledger
from ..ledger.findings import Halted
from ..models import EvidencePack, LedgerEntry
from . import building, kept, verify
from .proofs import NotPlaced
from .scope import NoSuch, Selection

# Not for `content.media` to serve: it leaves this folder to us.
FOLDER = "packs"


class NotIssued(Exception):
    """Why there is no pack, in words for whoever asked."""


def issue(*, scope, to_whom, why, by, at, each=None):
    """Make a pack of what `by` may see (None is the operator, who sees all), and keep it. Returns the EvidencePack.

    It is in the language of `by`. Its entry goes into the ledger first, since the pack proves that too; the pack is
    there once its row is, with an entry of its own. `each` is that of `building.stage`. Nothing that does not verify is
    issued. Raises NotIssued.
    """
    with translation.override(by.language if by else settings.LANGUAGE_CODE):
        if not to_whom.strip() or not why.strip():
            raise NotIssued(_("Say to whom the pack goes and why."))
        return _kept(Selection(scope, user=by, at=at), to_whom.strip(), why.strip(), each)


def _kept(selection, to_whom, why, each):
    """What went wrong becomes NotIssued, in words."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _issue(Path(folder), selection, to_whom, why, each)
    except NoSuch as problem:
        raise NotIssued(str(problem))
    except Halted as halt:
        raise NotIssued(_("The ledger waits, so nothing can be proven now. %(why)s") % {"why": halt})
    except (NotPlaced, verify.Wrong) as problem:
        raise NotIssued(_("Something changed while the pack was made. Try again. (%(what)s)") % {"what": problem})


def _issue(folder, selection, to_whom, why, each):
    name, files, path = uuid.uuid4(), folder / "files", folder / "pack.zip"
    files.mkdir()
    rows = building.stage(files, selection, each=each)
    listed = building.manifest(files, pack=name, selection=selection, rows=rows)
    digest = hashlib.sha256(listed.encode()).hexdigest()
    by = selection.user
    data = {
        "pack": str(name),
        "manifest": digest,
        "rows": rows,
        "scope": selection.scope.stored(),
        "by": by and str(by.uuid),
    }
    entry = actions.append_entry(kind=LedgerEntry.Kind.PACK, data=data, at=selection.at)
    ledger.sequence(at=selection.at, wait=True)
    entry.refresh_from_db()
    head = building.assemble(files, path, listed=listed, entry=entry)
    verify.verify(path)
    with open(path, "rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        there = default_storage.save(f"{FOLDER}/{name}.zip", File(file))
    about = {"scope": data["scope"], "title": f"{selection.title}, {selection.period}"[:255], "rows": rows}
    about |= {"to_whom": to_whom, "why": why, "salt": secrets.token_hex(32), "by": by, "issued_at": selection.at}
    about |= {"file": there, "bytes": path.stat().st_size, "sha256": sha256, "manifest": digest}
    return _keep(uuid=name, entry=entry, epoch=head.epoch, size=head.size, **about)


@transaction.atomic
def _keep(**row):
    pack = EvidencePack.objects.create(**row)
    actions.append_entry(kind=LedgerEntry.Kind.PACK_KEPT, data=kept.stated(pack), at=pack.issued_at)
    return pack
