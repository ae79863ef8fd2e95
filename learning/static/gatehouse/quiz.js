// Saves each answer of a quiz as it changes, in order, until the server has said that it is kept. What is not yet kept
// waits in this window's storage, so that neither a cut line nor a lost page loses it. Without this, buttons save.
//
// Each save has a name of its own: sent twice, it is kept once. The page has a name too, which it claims when it opens;
// when a newer page has claimed the attempt, this one turns read-only. Time is the server's: the clock here only shows.

const root = document.querySelector("[data-quiz]");
const form = root.querySelector("form[data-answers]");
const status = root.querySelector("[data-status]");
const elsewhere = root.querySelector("[data-elsewhere]");
// The button's form says so when what it sends is kept already.
const saveId = form?.querySelector("[data-save-id]");
const handIn = document.querySelector("form[data-hand-in]");
const csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const storage = `quiz ${root.dataset.quiz}`;
const TYPING = 900;
const TIMEOUT = 15_000;

// crypto.randomUUID is only there on https; a depot's own network may do without.
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const stored = () => {
  try {
    return JSON.parse(sessionStorage.getItem(storage)) ?? [];
  } catch {
    return [];
  }
};
const store = () => {
  try {
    if (queue.length) sessionStorage.setItem(storage, JSON.stringify(queue));
    else sessionStorage.removeItem(storage);
  } catch {
    // A browser that keeps nothing still saves, as long as the page is open.
  }
};

const tab = uuid();
const queue = stored();
const inherited = queue.length > 0;
let claimed = false;
let sending = null;
let stopped = false;
let signedOut = false;
let over = false;
let wait = 1000;
let again;
let goingOn = null;
let passing = false;

// What the page says

const say = (words, state = "") => {
  const place = status.querySelector("span");
  status.dataset.state = state;
  if (place.textContent !== words) place.textContent = words;
};
const sayWaiting = () => say(status.dataset.waiting.replace("{count}", queue.length), "waiting");
const questions = () => [...root.querySelectorAll("[data-question]")];
const lock = () => {
  for (const field of questions()) field.disabled = true;
  for (const button of form?.querySelectorAll("button") ?? []) button.disabled = true;
};
const note = (save, words) => {
  const place = document.getElementById(save.question)?.querySelector("[data-note]");
  if (place) place.textContent = words;
};

// Sending

const ended = (url) => {
  stopped = true;
  queue.length = 0;
  store();
  location.assign(url);
};

const readOnly = () => {
  stopped = true;
  queue.length = 0;
  store();
  lock();
  if (elsewhere) elsewhere.hidden = false;
};

const post = (url, fields) =>
  fetch(url, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams([...fields, ["tab", tab], ["csrfmiddlewaretoken", csrf]]),
    redirect: "manual",
    keepalive: true,
    signal: AbortSignal.timeout(TIMEOUT),
  });

// True when the server has dealt with it; false when it must be asked again.
const settle = async (save, response) => {
  if (response.type === "opaqueredirect" || response.status === 403) {
    signedOut = true;
    return false;
  }
  if (response.status >= 500 || response.status === 429) return false;
  const told = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (response.ok) {
    if (save) kept(save, told);
    return true;
  }
  if (told.state === "late" || told.state === "closed") ended(told.url);
  else if (told.state === "elsewhere") readOnly();
  else if (save) note(save, told.said ?? "");
  return true;
};

const kept = (save, told) => {
  const field = document.getElementById(save.question);
  const was = field?.querySelector("[data-was]");
  if (was) was.value = told.was;
  const clear = field?.querySelector("[data-clear]");
  if (clear) clear.hidden = !told.answered;
  const keep = field?.querySelector("[data-keep]");
  if (keep) keep.hidden = told.answered;
  if (saveId) saveId.value = told.answered ? save.id : "";
  note(save, "");
  say(told.said);
};

const send = async () => {
  while (queue.length && !stopped && !signedOut) {
    const save = queue[0];
    try {
      if (!claimed) {
        claimed = await settle(null, await post(root.dataset.claim, []));
        if (!claimed || stopped) break;
      }
      if (!(await settle(save, await post(save.url, [...save.fields, ["save_id", save.id], ...waited(save)])))) break;
    } catch {
      break;
    }
    wait = 1000;
    queue.shift();
    store();
    if (queue.length) sayWaiting();
  }
  if (!queue.length || stopped) return;
  if (signedOut) {
    say(status.dataset.out, "waiting");
    return;
  }
  sayWaiting();
  clearTimeout(again);
  again = setTimeout(drain, wait);
  wait = Math.min(2 * wait, 15_000);
};

// How long the line was away, for whoever looks into the attempt later. Times are the server's all the same.
const waited = (save) => {
  const seconds = Math.round((Date.now() - save.at) / 1000);
  return seconds >= 3 && seconds < 10_000 ? [["waited", seconds]] : [];
};

// One at a time: the order in which answers were given is the order in which they are kept.
const drain = () => {
  sending ??= send().finally(() => {
    sending = null;
    if (!queue.length && !stopped) drained();
  });
  return sending;
};

const drained = () => {
  // The page was made before these were kept, and shows what was before them.
  if (inherited && !goingOn && !over) location.reload();
  else if (goingOn && navigator.onLine) pass(goingOn);
};

const push = (field, more = []) => {
  if (stopped || over) return;
  const names = new Set([...field.elements].map((element) => element.name));
  const data = [...new FormData(form)].filter(([name]) => names.has(name) && !name.endsWith("-was"));
  if (saveId) saveId.value = "";
  queue.push({ id: uuid(), at: Date.now(), url: field.dataset.save, question: field.id, fields: [...data, ...more] });
  store();
  if (!navigator.onLine) sayWaiting();
  drain();
};

// What people do

const typing = new Map();
const flush = () => {
  for (const field of [...typing.keys()]) settleTyping(field);
};
const settleTyping = (field) => {
  if (!typing.has(field)) return false;
  clearTimeout(typing.get(field));
  typing.delete(field);
  push(field);
  return true;
};

const pass = (button) => {
  goingOn = null;
  passing = true;
  if (button.form) form.requestSubmit(button);
  else form.requestSubmit();
};

form?.addEventListener("input", (event) => {
  const field = event.target.closest("[data-question]");
  if (!field || !event.target.matches("input:not([type=radio], [type=checkbox]), textarea")) return;
  clearTimeout(typing.get(field));
  typing.set(field, setTimeout(() => settleTyping(field), TYPING));
});

form?.addEventListener("change", (event) => {
  const field = event.target.closest("[data-question]");
  if (!field) return;
  const typed = event.target.matches("input:not([type=radio], [type=checkbox]), textarea");
  if (!typed) push(field);
  else settleTyping(field);
});

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clear], [data-keep]");
  if (!button) return;
  event.preventDefault();
  const field = button.closest("[data-question]");
  clearTimeout(typing.get(field));
  typing.delete(field);
  if (button.matches("[data-keep]")) {
    push(field);
    return;
  }
  for (const input of field.querySelectorAll("input:not([type=hidden])")) {
    if (input.matches("[type=radio], [type=checkbox]")) input.checked = false;
    else input.value = "";
  }
  for (const select of field.querySelectorAll("select")) select.value = "";
  field.dispatchEvent(new Event("cleared"));
  push(field, [["clear", "1"]]);
  field.querySelector("input:not([type=hidden]), select, button:not([hidden])")?.focus();
});

form?.addEventListener("submit", (event) => {
  if (passing) {
    passing = false;
    return;
  }
  flush();
  if (!queue.length && !sending && navigator.onLine && claimed) return;
  event.preventDefault();
  if (stopped) return;
  if (signedOut) {
    say(status.dataset.out, "waiting");
    return;
  }
  goingOn = event.submitter ?? form;
  if (queue.length || sending) drain();
  else if (navigator.onLine) claim();
  else say(status.dataset.offline, "waiting");
});

// Leaving by a link loses nothing that was given: typing ends there too.
addEventListener("pagehide", flush);
addEventListener("beforeunload", (event) => {
  // At a shared tablet nobody answers, and signing out must not wait.
  if (queue.length && !stopped && !signedOut && !passing && !document.getElementById("kiosk-idle")) event.preventDefault();
});
addEventListener("online", () => {
  wait = 1000;
  if (queue.length) drain();
  else if (goingOn) claim();
});
addEventListener("offline", () => (queue.length ? sayWaiting() : say(status.dataset.offline, "waiting")));
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Windows

const windows = new BroadcastChannel(storage);
const claim = async () => {
  try {
    claimed = await settle(null, await post(root.dataset.claim, []));
  } catch {
    // Again with the first save, or below when a button waits for it.
  }
  if (stopped) return;
  if (claimed) windows.postMessage(tab);
  if (claimed && goingOn && !queue.length) pass(goingOn);
  else if (signedOut) say(status.dataset.out, "waiting");
  else if (!claimed && goingOn) {
    say(status.dataset.offline, "waiting");
    setTimeout(claim, 2000);
  }
};
windows.addEventListener("message", () => {
  // Before this page has claimed, the other one is the older.
  if (form && claimed && !stopped) readOnly();
});

// Time

const clock = root.querySelector("[data-left]");
const showTime = (clock, until) => {
  const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
  const words = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const small = Object.assign(document.createElement("small"), { textContent: clock.dataset.words });
  clock.querySelector("span").replaceChildren(words, " ", small);
  clock.classList.toggle("timer--short", left <= 60);
  if (left === 300 || left === 60) say(clock.dataset.soon.replace("{minutes}", left / 60));
  if (left === 0) timeUp(clock);
  return left;
};

const timeUp = (clock) => {
  flush();
  over = true;
  lock();
  say(clock.dataset.over, "waiting");
  // What was given in time may still be on its way; the server allows the grace for it.
  const grace = performance.now() + 1000 * Number(clock.dataset.grace);
  const look = setInterval(() => {
    if (stopped || ((queue.length || sending) && performance.now() < grace)) return;
    if (!navigator.onLine) return;
    clearInterval(look);
    passing = true;
    handIn.requestSubmit();
  }, 250);
};

if (clock) {
  const until = performance.now() + 1000 * Number(clock.dataset.left);
  const tick = setInterval(() => showTime(clock, until) || clearInterval(tick), 1000);
  showTime(clock, until);
}

// Opening

for (const place of root.querySelectorAll("[data-how]")) place.textContent = place.dataset.how;
if (form) form.querySelector("[data-tab]").value = tab;
if (queue.length) drain();
else if (form) claim();
