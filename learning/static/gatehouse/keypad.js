// The keypad of a shared tablet without a trip to the server for each key, and a badge scanner that types anywhere.
// Without this the keys are submit buttons and the page comes back with one digit more.

const FORGET_AFTER = 60_000;

const form = document.querySelector("[data-keypad]");
const field = form.querySelector("input.keyed");

form.addEventListener("click", (event) => {
  const key = event.target.closest("button[name=key]")?.value;
  if (!key || key === "go") return;
  event.preventDefault();
  if (key === "clear") field.value = "";
  else if (key === "back") field.value = field.value.slice(0, -1);
  else if (field.value.length < field.maxLength) field.value += key;
});

// A scanner is a keyboard that is plugged in: whatever has the focus, what it types is for the field.
document.addEventListener("keydown", (event) => {
  const typing = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
  const onButton = document.activeElement?.matches("button, a, summary") && event.key === " ";
  if (typing && !onButton && document.activeElement !== field) field.focus();
  if (event.key === "Enter" && document.activeElement === document.body) form.requestSubmit();
});

// A number that somebody typed and left, or a page that comes back from the browser's memory, is nobody's.
const forget = document.querySelector("[data-forget]");
let timer;
const again = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    field.value = "";
    forget?.requestSubmit();
  }, FORGET_AFTER);
};
for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, again);
again();
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
