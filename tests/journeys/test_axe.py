import pytest

pytestmark = pytest.mark.long

PAGE = "<html lang=en><title>A page</title><main><h1>A heading</h1>{}</main></html>"


@pytest.mark.parametrize(
    ("content", "rules"),
    [("<p>Words.</p>", []), ("<img src=seal.png>", ["image-alt"]), ("<input>", ["label"])],
)
def test_axe_looks(new_context, axe, content, rules):
    page = new_context().new_page()
    page.set_content(PAGE.format(content))
    assert [finding.split(":")[0] for finding in axe(page)] == rules
