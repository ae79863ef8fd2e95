"""The demo accounts are named to people in three places; they are those of the cast."""

import re

from learning.assignments.demo.cast import CAST
from learning.reminders.management.commands.run import ACCOUNTS
from tests.services.commands import ROOT


def test_banner_sign_in_page_and_readme_name_the_accounts_of_the_cast():
    cast = {member.number for member in CAST if member.account}
    on_the_page = (ROOT / "learning/templates/account/demo_accounts.html").read_text()
    table = (ROOT / "README.md").read_text().split("\n## Demo accounts\n")[1].split("\n## ")[0].split("---|\n")[1]
    first_column = "".join(row.split(" | ")[0] for row in table.splitlines() if row.startswith("| "))
    assert set(ACCOUNTS) == cast
    assert set(re.findall(r'row"><code>(\w+)</code>', on_the_page)) == cast
    assert set(re.findall(r"`(\w+)`", first_column)) == cast
