// Reads a lesson or guide aloud by the device's own voice, a paragraph at a time, in the language of each. Without this,
// or where a device cannot speak, there is no button.
const PARTS = "h2, h3, p, li, dt, dd, th, td, figcaption, summary, legend, label";
const UNSAID = ".vh, .hint, .rule, .no-print, .in-language, nav, form, [hidden], [aria-hidden=true]";

const voice = window.speechSynthesis;

// The innermost parts, so that nothing is said twice; folded ones are left to whoever opens them.
const parts = (area) => [...area.querySelectorAll(PARTS)].filter((part) =>
  !part.querySelector(PARTS) && !part.closest(UNSAID) && part.checkVisibility() && part.textContent.trim());

const say = (part, onEnd) => {
  const words = new SpeechSynthesisUtterance(part.textContent.replace(/\s+/g, " ").trim());
  words.lang = part.closest("[lang]").lang;
  words.onend = onEnd;
  voice.speak(words);
};

for (const button of voice ? document.querySelectorAll("[data-listen]") : []) {
  const area = document.querySelector("[data-read]");
  const label = button.querySelector("span");
  const { listen, stop } = button.dataset;
  // Counts the readings, so that the end of one that was stopped does not go on.
  let reading = 0;

  const finish = () => {
    reading += 1;
    voice.cancel();
    label.textContent = listen;
    area.querySelector(".is-read")?.classList.remove("is-read");
  };

  const go = (rest, mine) => {
    if (mine !== reading) return;
    area.querySelector(".is-read")?.classList.remove("is-read");
    const [part, ...others] = rest;
    if (!part) {
      finish();
      return;
    }
    part.classList.add("is-read");
    say(part, () => go(others, mine));
  };

  button.classList.remove("with-script");
  button.addEventListener("click", () => {
    const runs = label.textContent === stop;
    finish();
    if (runs) return;
    label.textContent = stop;
    go(parts(area), reading);
  });
  window.addEventListener("pagehide", finish);
}
