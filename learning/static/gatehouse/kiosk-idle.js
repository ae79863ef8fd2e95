// At a shared tablet: asks "Still here?" after a silence, and signs out when nobody answers. The server ends the
// session by itself a little later. How long is said by the page.

const HERE_EVERY = 20_000;

const box = document.getElementById("kiosk-idle");
const dialog = box.querySelector("dialog");
const left = box.querySelector("[data-left]");
const leave = box.querySelector("[data-leave]");
const after = Number(box.dataset.after) * 1000;
const asks = Number(box.dataset.asks) * 1000;

let last = Date.now();
let told = Date.now();
let leaving = false;

const percent = () => {
  const room = document.documentElement.scrollHeight - window.innerHeight;
  return room > 0 ? Math.round((100 * window.scrollY) / room) : 0;
};

const somebody = () => {
  // Once it asks, only an answer counts: a jolt of the tablet is nobody.
  if (!dialog.open) last = Date.now();
};
for (const name of ["pointerdown", "touchstart", "keydown", "input", "wheel", "scroll"]) {
  document.addEventListener(name, somebody, { capture: true, passive: true });
}

const playing = () => [...document.querySelectorAll("audio, video")].some((media) => !media.paused && !media.ended);

const tell = () => {
  told = Date.now();
  const body = new URLSearchParams({ at: percent(), csrfmiddlewaretoken: leave.elements.csrfmiddlewaretoken.value });
  fetch(box.dataset.here, { method: "POST", body, redirect: "manual" })
    .then((response) => {
      if (response.status === 401) location.reload();
    })
    .catch(() => {});
};

const signOut = () => {
  if (leaving) return;
  leaving = true;
  // What is on the screen goes at once, also where the server does not answer.
  document.querySelector("main").hidden = true;
  leave.submit();
};

const look = () => {
  if (playing()) somebody();
  const silence = Date.now() - last;
  if (silence >= after + asks) signOut();
  else if (silence >= after) {
    if (!dialog.open) {
      // How far down they were, before nobody is there to say it.
      if (last > told) tell();
      dialog.showModal();
    }
    left.textContent = `${Math.ceil((after + asks - silence) / 1000)} ${left.dataset.words}`;
  } else if (last > told && Date.now() - told >= HERE_EVERY) tell();
};

// "Yes, go on", or Escape.
dialog.addEventListener("close", () => {
  last = Date.now();
  tell();
});
setInterval(look, 500);
// A tablet that slept wakes up and looks at once.
document.addEventListener("visibilitychange", look);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Where the person had got to on this page the last time.
const spot = /^#at-(\d{1,3})$/.exec(location.hash);
if (spot) {
  window.scrollTo(0, ((document.documentElement.scrollHeight - window.innerHeight) * Number(spot[1])) / 100);
  history.replaceState(null, "", location.pathname + location.search);
}
