// Fetches the next code when this one is over, in its place: the page does not jump, and nobody loses their focus.
// Without this the browser loads the whole page again.
const NAME = "[data-renews]";

async function renew() {
  const old = document.querySelector(NAME);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector(NAME);
    if (!next) return location.reload();
    old.replaceWith(document.adoptNode(next));
    later(Number(next.dataset.renews));
  } catch {
    // The line is down: soon once more.
    later(5);
  }
}

function later(seconds) {
  setTimeout(renew, seconds * 1000);
}

later(Number(document.querySelector(NAME).dataset.renews));
