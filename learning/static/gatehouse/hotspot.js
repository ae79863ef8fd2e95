// Marks on a picture without a trip to the server: by mouse and touch where one presses, by keyboard with a cross that
// the arrows move. Without this the picture is a button of the form, and the page comes back with the mark.

const SVG = "http://www.w3.org/2000/svg";
const STEP = 25;

const enhance = (map) => {
  const name = map.dataset.hotspot;
  const picture = map.querySelector(".hotspot__picture");
  const drawing = map.querySelector(".hotspot__marks");
  const list = map.querySelector(".hotspot__list");
  const said = map.querySelector("[role=status]");
  const [, , , tall] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const presses = [...picture.querySelectorAll("input")];
  const points = [...list.querySelectorAll("input")].map((input) => input.value.split(",").map(Number));
  const cross = [500, 500];

  const draw = (tag, attributes, text = "") => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    drawing.append(element);
  };
  const down = (y) => Math.round((y * tall) / 1000);

  // A place that was chosen by its name is marked too.
  const tell = () => {
    const named = map.querySelectorAll(":checked").length;
    said.textContent = map.dataset.said.replace("{count}", points.length + named);
  };
  const show = () => {
    drawing.replaceChildren();
    list.replaceChildren();
    points.forEach(([x, y], place) => {
      draw("circle", { cx: x, cy: down(y), r: 30 });
      draw("text", { x, y: down(y), dy: ".35em" }, place + 1);
      const row = document.createElement("li");
      const kept = Object.assign(document.createElement("input"), { type: "hidden", name: `${name}-point` });
      kept.value = `${x},${y}`;
      const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--line" });
      drop.textContent = map.dataset.drop.replace("{number}", place + 1);
      drop.addEventListener("click", () => take(place));
      row.append(kept, drop);
      list.append(row);
    });
    const [x, y] = cross;
    draw("path", { class: "hotspot__cross", d: `M${x - 45} ${down(y)}h90M${x} ${down(y) - 45}v90` });
    tell();
  };
  const changed = () => {
    show();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const mark = (x, y) => {
    if (points.length >= Number(map.dataset.most)) return;
    points.push([x, y].map((part) => Math.min(1000, Math.max(0, Math.round(part)))));
    changed();
  };
  const take = (place) => {
    points.splice(place, 1);
    const clear = map.closest("[data-question]")?.querySelector("[data-clear]");
    // Nothing is no answer: the last mark goes by the act that takes an answer back.
    if (!points.length && clear && !map.querySelector(":checked")) clear.click();
    else changed();
    (list.querySelectorAll("button")[Math.min(place, points.length - 1)] ?? picture).focus();
  };

  const image = Object.assign(document.createElement("img"), { src: presses[0].src, alt: "" });
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-label", `${presses[0].alt} ${map.dataset.keys}`);
  picture.tabIndex = 0;
  picture.classList.add("is-live");
  for (const press of presses) press.remove();
  picture.prepend(image);

  picture.addEventListener("click", (event) => {
    if (map.closest("fieldset")?.disabled) return;
    // The frame has an edge, which is no part of the picture.
    const box = image.getBoundingClientRect();
    mark((1000 * (event.clientX - box.left)) / box.width, (1000 * (event.clientY - box.top)) / box.height);
  });
  picture.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    const marks = event.key === "Enter" || event.key === " ";
    if (map.closest("fieldset")?.disabled || !(move || marks)) return;
    event.preventDefault();
    if (marks) mark(...cross);
    else {
      cross.forEach((part, side) => (cross[side] = Math.min(1000, Math.max(0, part + move[side]))));
      show();
    }
  });
  map.closest("[data-question]")?.addEventListener("cleared", () => {
    points.length = 0;
    show();
  });
  map.addEventListener("change", tell);
  show();
};

for (const map of document.querySelectorAll("[data-hotspot]")) enhance(map);
