// web.static.js.exam.paper — draws the questions and tells which answer was chosen.

import { el, icon } from "./dom.js";
import { KINDS, STATUS, letterOf, words } from "./words.js";

export class Paper {
  #host;
  #facts;
  #act;
  #sheets = new Map(); // slot -> {article, inputs, state, flag}
  #current;
  #isWhole = false;

  // act: {onAnswer(slot, response), onFlag(slot), onCurrent(slot)}
  constructor(host, facts, act) {
    this.#host = host;
    this.#facts = facts;
    this.#act = act;
    for (const question of facts.questions) this.#sheets.set(question.slot, this.#draw(question));
    host.replaceChildren(...[...this.#sheets.values()].map((sheet) => sheet.article));
    addEventListener("scroll", () => this.#followScroll(), { passive: true });
  }

  get current() {
    return this.#current;
  }

  show(slot, { focus = true } = {}) {
    this.#makeCurrent(slot);
    const { article } = this.#sheets.get(slot);
    if (focus) article.focus({ preventScroll: true });
    if (this.#isWhole) article.scrollIntoView({ block: "start" });
    else if (focus) scrollTo(0, 0);
  }

  setWhole(isWhole) {
    this.#isWhole = isWhole;
    this.#host.classList.toggle("paper--whole", isWhole);
    this.show(this.#current, { focus: false });
  }

  setResponse(slot, response) {
    for (const input of this.#sheets.get(slot).inputs) {
      input.checked = response.includes(input.value);
      input.parentNode.classList.toggle("option--chosen", input.checked);
    }
    this.#sheets.get(slot).clear.hidden = response === "";
  }

  setStatus(slot, status) {
    const { state } = this.#sheets.get(slot);
    state.textContent = status ? STATUS[status] : "";
    state.dataset.status = status ?? "";
  }

  setFlag(slot, isFlagged) {
    const { flag, article } = this.#sheets.get(slot);
    flag.setAttribute("aria-pressed", isFlagged);
    flag.lastChild.textContent = isFlagged ? words.flagged : words.flag;
    article.classList.toggle("sheet--flagged", isFlagged);
  }

  // The key of a letter or number: radios are chosen, checkboxes change over.
  press(index) {
    const input = this.#sheets.get(this.#current).inputs[index];
    if (!input || input.disabled) return;
    input.focus();
    input.click();
  }

  lock(isLocked) {
    for (const { inputs, clear } of this.#sheets.values()) {
      for (const control of [...inputs, clear]) control.disabled = isLocked;
    }
  }

  #makeCurrent(slot) {
    if (slot === this.#current) return;
    this.#current = slot;
    for (const [number, { article }] of this.#sheets) article.classList.toggle("sheet--current", number === slot);
    this.#act.onCurrent(slot);
  }

  #draw(question) {
    const { slot } = question;
    const inputs = question.options.map((_, index) => this.#input(question, index));
    const state = el("span", { class: "sheet__state" });
    const clear = el("button", { type: "button", class: "sheet__tool", hidden: true }, words.clear);
    const flag = el("button", { type: "button", class: "sheet__tool", "aria-pressed": "false" });
    flag.append(icon("flag"), words.flag);
    const article = el(
      "article",
      { class: "sheet", id: `question-${slot}`, tabindex: "-1", "aria-labelledby": `head-${slot} stem-${slot}` },
      this.#section(slot),
      this.#head(question, flag),
      this.#fieldset(question, inputs),
      el("div", { class: "sheet__foot" }, clear, state),
    );
    clear.addEventListener("click", () => this.#answer(slot, inputs, true));
    flag.addEventListener("click", () => this.#act.onFlag(slot));
    article.addEventListener("change", () => this.#answer(slot, inputs));
    article.addEventListener("focusin", () => this.#makeCurrent(slot));
    article.addEventListener("pointerdown", () => this.#makeCurrent(slot));
    return { article, inputs, state, clear, flag };
  }

  #section(slot) {
    const section = this.#facts.sections.find(({ first, last }) => first <= slot && slot <= last);
    if (!section) return null;
    const isFirst = section.first === slot;
    return el(
      "div",
      { class: `sheet__section${isFirst ? " sheet__section--first" : ""}` },
      el("h2", {}, section.title),
      el("p", {}, section.note),
    );
  }

  #head({ slot, kind }, flag) {
    const title = el(
      "p",
      { id: `head-${slot}` },
      el("span", { class: "sheet__number" }, words.number(slot), this.#total()),
      el("span", { class: `sheet__kind sheet__kind--${kind}` }, KINDS[kind] ?? ""),
      kind === "multiple" && el("span", { class: "sheet__many" }, words.chooseMany),
    );
    return el("div", { class: "sheet__head" }, title, flag);
  }

  #total() {
    return el("span", { class: "sheet__total" }, words.total(this.#facts.questions.length));
  }

  #fieldset({ slot, stem, options }, inputs) {
    const rows = options.map((text, index) =>
      el(
        "label",
        { class: "option" },
        inputs[index],
        el("span", { class: "option__letter" }, letterOf(index)),
        el("span", { class: "option__text" }, text),
      ),
    );
    return el("fieldset", {}, el("legend", { id: `stem-${slot}`, class: "sheet__stem" }, stem), ...rows);
  }

  #input({ slot, kind }, index) {
    const type = kind === "multiple" ? "checkbox" : "radio";
    return el("input", { type, name: `answer-${slot}`, value: letterOf(index), autocomplete: "off" });
  }

  #answer(slot, inputs, isCleared = false) {
    const chosen = isCleared ? [] : inputs.filter((input) => input.checked);
    const response = chosen.map((input) => input.value).join("");
    if (isCleared) inputs[0].focus();
    this.setResponse(slot, response);
    this.#act.onAnswer(slot, response);
  }

  // On one long page the keys belong to a question that can be seen.
  #followScroll() {
    if (!this.#isWhole || isVisible(this.#sheets.get(this.#current).article)) return;
    const seen = [...this.#sheets].find(([, { article }]) => isVisible(article));
    if (seen) this.#makeCurrent(seen[0]);
  }
}

function isVisible(article) {
  const { top, bottom } = article.getBoundingClientRect();
  return bottom > innerHeight * 0.25 && top < innerHeight * 0.75;
}
