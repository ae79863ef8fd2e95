// What makes the blocks of lessons and guides pleasant: a picture opens larger on the page, speech and film get a speed.
// Without this, a picture is a link to itself, and the browser's own player plays.
const words = document.querySelector("template[data-zoom-words]")?.content;

const zoom = (link) => {
  const dialog = words.querySelector("dialog").cloneNode(true);
  const picture = link.querySelector("img").cloneNode();
  const inside = dialog.querySelector("[data-zoom-in]");
  picture.loading = "eager";
  inside.append(picture);
  dialog.setAttribute("aria-label", picture.alt);
  const closer = dialog.querySelector("[data-closer]");
  closer.addEventListener("click", () => {
    const is = inside.classList.toggle("is-closer");
    closer.setAttribute("aria-pressed", is);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
};

for (const link of words ? document.querySelectorAll("a[data-zoom]") : []) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    zoom(link);
  });
}

for (const speed of document.querySelectorAll("[data-speed]")) {
  const player = speed.closest("figure").querySelector("video, audio");
  if (!player) continue;
  speed.hidden = false;
  speed.querySelector("select").addEventListener("change", (event) => {
    player.defaultPlaybackRate = player.playbackRate = Number(event.target.value);
  });
}

// Captions show from the start, but are not fetched before the film is asked for, as a default track would be.
for (const film of document.querySelectorAll("video")) {
  film.addEventListener("play", () => { for (const track of film.textTracks) track.mode = "showing"; }, { once: true });
}

// An older browser does not open what a number of a picture leads to.
const unfold = () => {
  const target = location.hash.startsWith("#p-") && document.getElementById(location.hash.slice(1));
  const fold = target && target.closest("details");
  if (fold) fold.open = true;
};
window.addEventListener("hashchange", unfold);
unfold();
