// web.static.js.exam.grid — the numbers of the questions: answered, flagged, unsent and current at a glance.

import { el } from "./dom.js";
import { words } from "./words.js";

export class Grid {
  #host;
  #cells = new Map();

  constructor(host, { questions, sections }, onPick) {
    this.#host = host;
    const groups = sections.length ? sections : [{ title: "", first: -Infinity, last: Infinity }];
    for (const { title, first, last } of groups) {
      const slots = questions.map(({ slot }) => slot).filter((slot) => first <= slot && slot <= last);
      const cells = slots.map((slot) => this.#cell(slot, onPick));
      if (title) host.append(el("h3", {}, title));
      host.append(el("div", { class: "grid" }, ...cells));
    }
  }

  // marks: {answered, flagged, unsent}
  set(slot, marks) {
    const cell = this.#cells.get(slot);
    for (const [name, isOn] of Object.entries(marks)) cell.classList.toggle(`cell--${name}`, isOn);
    cell.setAttribute("aria-label", words.mapLabel(slot, marks));
  }

  setCurrent(current) {
    for (const [slot, cell] of this.#cells) {
      if (slot === current) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    }
    this.#reveal(this.#cells.get(current));
  }

  // scrollIntoView would move the page as well.
  #reveal(cell) {
    const top = cell.offsetTop - this.#host.offsetTop;
    const isHidden = top < this.#host.scrollTop || top + cell.offsetHeight > this.#host.scrollTop + this.#host.clientHeight;
    if (isHidden) this.#host.scrollTop = top - this.#host.clientHeight / 2;
  }

  #cell(slot, onPick) {
    const cell = el("button", { type: "button", class: "cell", onclick: () => onPick(slot) }, String(slot));
    this.#cells.set(slot, cell);
    return cell;
  }
}
