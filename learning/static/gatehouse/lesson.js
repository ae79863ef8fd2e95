// Tells the server while a lesson is looked at, and how far its videos are, and shows how far one is by its rule.
// The server bounds all of it by its own clock. Without this, it counts from the opening of the page.
const EVERY = 10_000;
const rule = document.querySelector("[data-rule]");
const token = rule?.querySelector("template").content.querySelector("input").value;
const far = rule?.querySelector("[data-far]");
const bar = rule?.querySelector("progress");

// The one that was played last: its seconds played since the last heartbeat, and where it stands.
let current = null;
let played = 0;

const show = (answer) => {
  if (!far || !answer.need) return;
  if (far.textContent !== answer.so_far) far.textContent = answer.so_far;
  far.classList.toggle("is-done", answer.done);
  bar.value = answer.have;
};

const beat = async () => {
  if (!rule || document.hidden) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  const said = Math.floor(played);
  if (current) {
    body.set("block", current.dataset.play);
    body.set("position", Math.floor(current.ended ? 0 : current.currentTime));
    body.set("played", said);
  }
  try {
    const response = await fetch(rule.dataset.beat, { method: "POST", body, keepalive: true, redirect: "error" });
    if (!response.ok) return;
    played -= said;
    show(await response.json());
  } catch {
    // No line: the next heartbeat says the same, and the server's clock has gone on.
  }
};

for (const player of document.querySelectorAll("[data-play]")) {
  let last = null;
  const at = Number(player.dataset.at ?? 0);
  if (at) player.addEventListener("loadedmetadata", () => { player.currentTime = at; }, { once: true });
  player.addEventListener("play", () => {
    if (current !== player) played = 0;
    current = player;
    last = player.currentTime;
  });
  player.addEventListener("timeupdate", () => {
    const step = player.currentTime - (last ?? player.currentTime);
    // A jump is not watching.
    if (step > 0 && step < 2) played += step;
    last = player.currentTime;
  });
  player.addEventListener("seeking", () => { last = null; });
  for (const name of ["pause", "ended"]) player.addEventListener(name, beat);
}

if (rule) {
  setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
}
