// web.static.js.exam.screens — what stands before, over and after the paper: messages, hand-in, help.

import { el } from "./dom.js";
import { words } from "./words.js";

export class Screen {
  #host;
  #desk;

  constructor(host, desk) {
    this.#host = host;
    this.#desk = desk;
  }

  hide() {
    this.#host.hidden = true;
    this.#desk.hidden = false;
  }

  // button leads to href, or resolves the returned promise when there is none.
  // also: {label, href} of a further link, for whoever wants it; extra: an element after the lines.
  show({ title, lines, code, button, retry, href, also, extra }) {
    return new Promise((resolve) => {
      const heading = el("h1", { tabindex: "-1" }, title);
      this.#host.replaceChildren(
        heading,
        code ? el("p", { class: "screen__code" }, `${words.receipt.codeLabel} `, el("strong", {}, code)) : "",
        ...lines.filter(Boolean).map((line) => el("p", {}, line)),
        extra || "",
        retry ? el("button", { type: "button", class: "button button--primary", onclick: resolve }, retry) : "",
        button && !href ? el("button", { type: "button", class: "button button--primary", onclick: resolve }, button) : "",
        button && href ? el("a", { class: retry ? "button" : "button button--primary", href }, button) : "",
        also?.href ? el("p", { class: "screen__also" }, el("a", { href: also.href }, also.label)) : "",
      );
      this.#desk.hidden = true;
      this.#host.hidden = false;
      heading.focus();
    });
  }
}

export class HandInDialog {
  #dialog;
  #act;
  #isSending = false;

  // act: {onConfirm(), onGo(slot), onDrop(), rescue(): an element for when the network is away}
  constructor(dialog, act) {
    this.#dialog = dialog;
    this.#act = act;
    this.#part("confirm").addEventListener("click", () => act.onConfirm());
    this.#part("cancel").addEventListener("click", () => this.#leave());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!this.#part("cancel").disabled) this.#leave();
    });
  }

  get isSending() {
    return this.#isSending;
  }

  open({ total, unanswered, flagged, unsent }) {
    const { handIn } = words;
    this.#part("counts").replaceChildren(
      el("p", {}, unanswered.length ? handIn.counts(total - unanswered.length, total) : handIn.complete),
      ...this.#links(unanswered, handIn.unanswered, "unanswered"),
      ...this.#links(flagged, handIn.flagged, "flagged"),
      unsent ? el("p", {}, handIn.unsent(unsent)) : "",
      el("p", {}, el("strong", {}, handIn.final)),
    );
    this.#setSending(false, "");
    this.#dialog.showModal();
    this.#part("cancel").focus({ preventScroll: true });
  }

  setSending() {
    this.#setSending(true, words.handIn.sending);
  }

  setTrouble() {
    this.#part("progress").textContent = words.handIn.trouble;
    const rescue = this.#act.rescue();
    if (rescue && !this.#part("rescue").hasChildNodes()) {
      this.#part("rescue").append(el("p", {}, words.emergency.trouble), rescue);
    }
    this.#part("cancel").disabled = false;
  }

  close() {
    this.#isSending = false;
    if (this.#dialog.open) this.#dialog.close();
  }

  #setSending(isSending, text) {
    this.#isSending = isSending;
    this.#part("progress").textContent = text;
    this.#part("rescue").replaceChildren();
    for (const name of ["confirm", "cancel"]) this.#part(name).disabled = isSending;
    for (const link of this.#part("counts").querySelectorAll("button")) link.disabled = isSending;
  }

  #leave() {
    if (this.#isSending) this.#act.onDrop();
    this.close();
  }

  #links(slots, sentence, name) {
    if (!slots.length) return [];
    const buttons = slots.map((slot) => {
      const label = words.handIn.goTo(slot);
      const go = () => {
        this.close();
        this.#act.onGo(slot);
      };
      return el("button", { type: "button", class: `cell cell--${name}`, "aria-label": label, onclick: go }, String(slot));
    });
    return [el("p", {}, sentence(slots.length)), el("div", { class: "grid grid--links" }, ...buttons)];
  }

  #part(name) {
    return this.#dialog.querySelector(`[data-dialog="${name}"]`);
  }
}

export class Notices {
  #host;

  constructor(host) {
    this.#host = host;
  }

  // One notice a name: a newer one of the same name takes its place.
  say(name, text, { passing = false, extra = null } = {}) {
    this.drop(name);
    const close = el("button", { type: "button", class: "button button--quiet", onclick: () => notice.remove() });
    close.append(words.understood);
    const notice = el("div", { class: "exam-notice", "data-notice": name }, el("div", {}, el("p", {}, text), extra), close);
    this.#host.append(notice);
    if (passing) setTimeout(() => notice.remove(), 12000);
  }

  drop(name) {
    this.#host.querySelector(`[data-notice="${name}"]`)?.remove();
  }
}
