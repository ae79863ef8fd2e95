// In the admin: the places of a hotspot question are drawn on its picture. The number fields say the same and can be
// typed; whatever they hold is what is drawn.

const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["left", "top", "width", "height"];

class Board {
  constructor(block, prefix) {
    this.spots = block.childBlocks.spots;
    this.prefix = `${prefix}-spots-`;
    this.image = document.getElementById(`${prefix}-picture-image`);
    this.area = this.image?.closest("[data-contentpath='picture']");
    if (!this.area) return;
    this.build();
    this.root = this.area.parentElement;
    for (const event of ["input", "change", "focusin", "click"]) this.root.addEventListener(event, () => this.refresh());
    // The chooser changes its own parts, and tells of it in ways of its own.
    new MutationObserver(() => this.refresh()).observe(this.image.parentElement, { childList: true, subtree: true, attributes: true });
    this.refresh();
  }

  build() {
    this.board = document.createElement("div");
    this.board.className = "hotspot-board";
    this.board.hidden = true;
    this.picture = document.createElement("div");
    this.picture.className = "hotspot-board__picture";
    this.shown = Object.assign(document.createElement("img"), { alt: "", draggable: false });
    this.drawing = document.createElementNS(SVG, "svg");
    this.drawing.setAttribute("aria-hidden", "true");
    this.picture.append(this.shown, this.drawing);
    this.shown.addEventListener("load", () => this.refresh());
    this.board.append(this.picture);
    this.area.after(this.board);
    this.picture.addEventListener("pointerdown", (event) => this.begin(event));
  }

  rows() {
    const found = [];
    for (const left of this.root.querySelectorAll(`[name^="${this.prefix}"][name$="-value-left"]`)) {
      const start = left.name.slice(0, -"value-left".length);
      if (document.getElementsByName(`${start}deleted`)[0]?.value) continue;
      const fields = Object.fromEntries(SIDES.map((side) => [side, document.getElementsByName(`${start}value-${side}`)[0]]));
      found.push({ ...fields, name: document.getElementsByName(`${start}value-text`)[0] });
    }
    return found;
  }

  refresh() {
    const preview = this.image.parentElement.querySelector("img[src]");
    this.board.hidden = !this.image.value || !preview;
    if (this.board.hidden) return;
    const src = preview.src.endsWith(".svg") ? preview.src : this.large();
    if (this.shown.getAttribute("src") !== src) this.shown.src = src;
    const box = this.picture.getBoundingClientRect();
    this.tall = box.width ? (100 * box.height) / box.width : 100;
    this.drawing.setAttribute("viewBox", `0 0 100 ${this.tall}`);
    this.drawing.replaceChildren();
    this.rows().forEach((row, place) => {
      const [left, top, width, height] = SIDES.map((side) => Number(row[side].value));
      if (row.width.value && row.height.value) this.draw(left, top, width, height, place + 1);
    });
  }

  large() {
    return `${window.wagtailConfig?.ADMIN_URLS?.PAGES?.replace(/pages\/$/, "") ?? "/admin/"}images/${this.image.value}/preview/max-1280x1280/`;
  }

  // In percent of the picture; the drawing is 100 wide and as tall as the picture's shape makes it.
  draw(x, top, width, percent, number) {
    const [y, height] = [top, percent].map((part) => (part * this.tall) / 100);
    const box = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height })) box.setAttribute(name, value);
    const label = document.createElementNS(SVG, "text");
    label.textContent = number;
    label.setAttribute("x", x + 1);
    label.setAttribute("y", y + 5);
    this.drawing.append(box, label);
  }

  at(event) {
    const box = this.picture.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((part) =>
      Math.round(100 * Math.min(1, Math.max(0, part))),
    );
  }

  begin(event) {
    event.preventDefault();
    this.picture.setPointerCapture(event.pointerId);
    const from = this.at(event);
    const sides = (now) => {
      const [x, y] = [Math.min(from[0], now[0]), Math.min(from[1], now[1])];
      return [x, y, Math.abs(from[0] - now[0]), Math.abs(from[1] - now[1])];
    };
    const move = (moved) => {
      this.refresh();
      this.draw(...sides(this.at(moved)), "");
    };
    this.picture.addEventListener("pointermove", move);
    this.picture.addEventListener(
      "pointerup",
      (ended) => {
        this.picture.removeEventListener("pointermove", move);
        const drawn = sides(this.at(ended));
        if (drawn[2] >= 2 && drawn[3] >= 2) this.put(drawn);
        this.refresh();
      },
      { once: true },
    );
  }

  // Into the first place that has no size yet; a new one when all have.
  put(drawn) {
    const empty = () => this.rows().find((row) => !row.width.value && !row.height.value);
    if (!empty()) this.spots.insert(this.spots.blockDef.initialChildState, this.spots.children.length, { focus: false });
    const row = empty();
    if (!row) return;
    SIDES.forEach((side, place) => {
      row[side].value = drawn[place];
      row[side].dispatchEvent(new Event("input", { bubbles: true }));
      row[side].dispatchEvent(new Event("change", { bubbles: true }));
    });
    row.name.focus();
  }
}

class HotspotDefinition extends window.wagtailStreamField.blocks.StructBlockDefinition {
  render(placeholder, prefix, initialState, initialError) {
    const block = super.render(placeholder, prefix, initialState, initialError);
    new Board(block, prefix);
    return block;
  }
}

window.telepath.register("quizzes.Hotspot", HotspotDefinition);
