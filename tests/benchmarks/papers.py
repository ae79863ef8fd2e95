"""How long papers take. python -m pytest tests/benchmarks/papers.py -s --database=postgresql     (or sqlite)"""

import statistics
import time
from decimal import Decimal

import pytest

from learning.records.ledger.actions import sequence
from learning.records.models import TrainingRecord
from learning.records.pack.verify import verify
from learning.records.papers import certificate
from tests.benchmarks.ledger import _many
from tests.records import factory
from tests.records.ledger.conftest import files  # noqa: F401 (autouse)
from tests.records.pack.making import copy, issue

CERTIFICATE_MS = 50
TIMES = 200
RECORDS, PACK_SECONDS = 1000, 2


@pytest.mark.django_db
def test_certificates():
    for _number in range(TIMES):
        factory.record(score=Decimal("87.50"), pass_mark=80)
    records = list(TrainingRecord.objects.with_status(factory.TODAY).select_related("subject", "entry__place"))
    # The fonts are read once for each process.
    certificate.pdf(records[0])
    times = []
    for record in records:
        began = time.perf_counter()
        certificate.pdf(record)
        times.append((time.perf_counter() - began) * 1000)
    slow = statistics.quantiles(times, n=100)[98]
    print(
        f"\ncertificate PDF: {statistics.median(times):.1f} ms (budget {CERTIFICATE_MS}), "
        f"99 of 100 within {slow:.1f} ms"
    )
    assert statistics.median(times) <= CERTIFICATE_MS


@pytest.mark.django_db
def test_a_pack_of_a_thousand_records(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    _many(RECORDS - 1)
    sequence(at=factory.AT)
    began = time.perf_counter()
    path = copy(issue(), tmp_path / "pack.zip")
    made = time.perf_counter() - began
    began = time.perf_counter()
    assert verify(path).rows == RECORDS
    seconds = time.perf_counter() - began
    print(f"\npack of {RECORDS:,} records: made in {made:.1f} s, verified in {seconds:.2f} s (budget {PACK_SECONDS})")
    assert seconds <= PACK_SECONDS
