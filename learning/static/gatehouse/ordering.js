// The arrows of a question of order, without a trip to the server. Without this each arrow sends the form, and the page
// comes back in the new order.

for (const list of document.querySelectorAll(".order")) {
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  list.after(said);

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    const up = button.value.endsWith(":up");
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (up) other.before(row);
    else other.after(row);

    const rows = [...list.children];
    rows.forEach((each, place) => {
      const [first, last] = each.querySelectorAll("button");
      each.classList.toggle("is-moved", each === row);
      first.value = `${place + 1}:up`;
      last.value = `${place + 1}:down`;
      first.disabled = place === 0;
      last.disabled = place === rows.length - 1;
    });
    (button.disabled ? row.querySelector("button:not(:disabled)") : button).focus();
    said.textContent = list.dataset.moved
      .replace("{text}", row.querySelector("span").textContent)
      .replace("{place}", rows.indexOf(row) + 1)
      .replace("{total}", rows.length);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
