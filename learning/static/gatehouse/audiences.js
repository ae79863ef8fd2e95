// The editor of an audience's rule: counts as one edits, and changes the rule's shape without leaving the page.
// Without this, the same buttons send the form and the page comes back.

const WAIT = 400;
const form = document.getElementById("w-editor-form");
const rule = document.getElementById("audience-rule");
const preview = document.getElementById("audience-preview");
const status = document.getElementById("audience-status");
let waiting;
let asking;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function enhance() {
  for (const search of rule.querySelectorAll(".audience-search")) search.hidden = false;
}

async function ask(deed) {
  clearTimeout(waiting);
  asking?.abort();
  asking = new AbortController();
  const data = new FormData(form);
  data.set("rule:do", deed);
  try {
    const answer = await fetch(form.getAttribute("action") || location.href, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "XMLHttpRequest" },
      signal: asking.signal,
    });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}

function show(page) {
  preview.replaceChildren(...page.getElementById("audience-preview").childNodes);
  status.textContent = preview.querySelector("[data-summary]")?.textContent.trim() ?? "";
}

async function count() {
  const page = await ask("count").catch(() => null);
  if (page) show(page);
}

async function reshape(button) {
  let page;
  try {
    page = await ask(button.value);
  } catch {
    // As without scripts: the server says what is wrong.
    button.dataset.plain = "yes";
    form.requestSubmit(button);
    return;
  }
  if (!page) return;
  rule.replaceChildren(...page.getElementById("audience-rule").childNodes);
  enhance();
  show(page);
  rule.querySelector("[autofocus]")?.focus();
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(count, WAIT);
}

function name(list) {
  const chosen = list.querySelector("[data-chosen]");
  const labels = [...list.querySelectorAll("input:checked")].map((box) => box.closest("label").textContent.trim());
  chosen.textContent = labels.join(", ") || chosen.dataset.none;
}

function find(search) {
  const words = folded(search.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of search.closest("details").querySelectorAll(".audience-list > li")) {
    item.hidden = !words.every((word) => folded(item.textContent).includes(word));
    if (!item.hidden) found += 1;
  }
  const said = search.parentElement.querySelector("[data-found-number]");
  said.textContent = words.length ? `${search.dataset.found} ${found}` : "";
}

form.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="rule:do"]');
  if (!button || button.dataset.plain) return;
  event.preventDefault();
  event.stopPropagation();
  if (button.value === "look") count();
  else reshape(button);
});

form.addEventListener("input", (event) => {
  if (event.target.matches("[data-search]")) {
    find(event.target);
    return;
  }
  const list = event.target.closest(".audience-choices");
  if (list) name(list);
  if (event.target.closest("[data-audience]") && !event.target.matches('[name$=":new"]')) soon();
});

form.addEventListener("keydown", (event) => {
  const list = event.target.closest(".audience-choices");
  if (event.key === "Escape" && list?.open) {
    list.open = false;
    list.querySelector("summary").focus();
  } else if (event.key === "Enter" && event.target.matches("[data-search]")) {
    event.preventDefault();
  }
});

enhance();
