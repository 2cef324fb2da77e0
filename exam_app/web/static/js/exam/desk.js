// web.static.js.exam.desk — the page around the paper: time, saved state, numbers, buttons, dialogs, keys.

import { Grid } from "./grid.js";
import { listenToKeys } from "./keys.js";
import { Paper } from "./paper.js";
import { HandInDialog, Notices } from "./screens.js";
import { clockDigits, isLastMinutes, timeOfDay, words } from "./words.js";

const VIEW_KEY = "exam-view";

export class Desk {
  paper = null;
  handIn = null;
  notices;
  #root;
  #grid;
  #slots;
  #act;
  #isLocked = false;
  #isOpen = false;

  constructor(root) {
    this.#root = root;
    this.notices = new Notices(this.#part("notices"));
  }

  // act: {onAnswer, onFlag, onCurrent, onAskHandIn, onHandIn, onDropHandIn, rescue}
  open(facts, current, act) {
    this.#act = act;
    this.#slots = facts.questions.map(({ slot }) => slot);
    this.#isOpen = true;
    this.#part("title").textContent = facts.title;
    this.#part("who").textContent = words.who(facts.candidate);
    this.#part("mode").textContent = words.mode(facts.bookMode, facts.fullMarks);
    this.paper = new Paper(this.#part("paper"), facts, act);
    this.#grid = new Grid(this.#part("map"), facts, (slot) => this.paper.show(slot));
    this.handIn = new HandInDialog(this.#part("hand-in-dialog"), {
      onConfirm: act.onHandIn,
      onDrop: act.onDropHandIn,
      onGo: (slot) => this.paper.show(slot),
      rescue: act.rescue,
    });
    this.#wire();
    this.paper.show(current, { focus: false });
    this.#setView(recall() === "whole" ? "whole" : "single");
  }

  clear() {
    this.#isOpen = false;
    if (this.#part("help-dialog").open) this.#part("help-dialog").close();
    this.#part("notices").replaceChildren();
    this.#part("paper").replaceChildren();
  }

  setLocked(isLocked) {
    this.#isLocked = isLocked;
    this.paper.lock(isLocked);
    this.#part("hand-in").disabled = isLocked;
  }

  showTime(leftMs) {
    const time = this.#part("time");
    const digits = clockDigits(leftMs);
    if (time.textContent === digits) return;
    time.textContent = digits;
    time.setAttribute("aria-label", words.timeWords(leftMs));
    const isLast = isLastMinutes(leftMs);
    // The rehearsal lasts two minutes in all: nothing in it is a warning.
    const isWarning = isLast && !("rehearsal" in this.#root.dataset);
    this.#part("clock-label").textContent = words.clockLabel(isWarning);
    this.#part("unit").textContent = words.clockUnit(isLast);
    this.#part("clock").classList.toggle("clock--last", isWarning);
  }

  showSaved(sender, isWeak) {
    const saved = this.#part("saved");
    const state = !sender.unsent ? "saved" : sender.isFailing ? "offline" : "saving";
    const sentences = {
      saved: sender.savedAt ? words.saved(timeOfDay(sender.savedAt)) : words.untouched,
      saving: words.saving,
      offline: `${isWeak ? words.offlineWeak : words.offline}（${words.unsentCount(sender.unsent)}）`,
    };
    // Spoken once when the network goes; a voice at every save would be in the way of reading.
    if (state === "offline" && saved.dataset.state !== "offline") {
      this.notices.drop("online");
      announce(sentences.offline);
    }
    saved.dataset.state = state;
    saved.textContent = sentences[state];
  }

  showAnswered(answered) {
    this.#part("answered").textContent = words.answeredCount(answered, this.#slots.length);
  }

  showQuestion(slot, { response, status, isFlagged }) {
    this.paper.setResponse(slot, response);
    this.paper.setStatus(slot, status);
    this.paper.setFlag(slot, isFlagged);
    this.#grid.set(slot, { answered: response !== "", flagged: isFlagged, unsent: status === "unsent" });
  }

  showCurrent() {
    const index = this.#slots.indexOf(this.paper.current);
    this.#grid.setCurrent(this.paper.current);
    this.#part("previous").disabled = index === 0;
    this.#part("next").textContent = index === this.#slots.length - 1 ? words.toHandIn : words.next;
  }

  #wire() {
    this.#on("previous", () => this.#move(-1));
    this.#on("next", () => this.#move(1) || this.#act.onAskHandIn());
    this.#on("hand-in", () => this.#act.onAskHandIn());
    this.#on("help", () => this.#help());
    this.#on("help-close", () => this.#part("help-dialog").close());
    for (const button of this.#root.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.#setView(button.dataset.view));
    }
    listenToKeys({
      press: (index) => this.#ifOpen(() => this.paper.press(index)),
      flag: () => this.#ifOpen(() => this.#act.onFlag(this.paper.current)),
      next: () => this.#ifOpen(() => this.#move(1)),
      previous: () => this.#ifOpen(() => this.#move(-1)),
      help: () => this.#ifOpen(() => this.#help()),
    });
  }

  #ifOpen(act) {
    if (this.#isOpen) act();
  }

  #on(name, act) {
    this.#part(name).addEventListener("click", act);
  }

  #help() {
    this.#part("help-dialog").showModal();
    this.#part("help-close").focus();
  }

  #move(step) {
    const slot = this.#slots[this.#slots.indexOf(this.paper.current) + step];
    if (slot === undefined) return false;
    this.paper.show(slot);
    return true;
  }

  #setView(view) {
    remember(view);
    for (const button of this.#root.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", button.dataset.view === view);
    }
    this.paper.setWhole(view === "whole");
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}

function announce(sentence) {
  document.getElementById("announcer").textContent = sentence;
}

function recall() {
  try {
    return localStorage.getItem(VIEW_KEY);
  } catch {
    return null;
  }
}

function remember(view) {
  try {
    localStorage.setItem(VIEW_KEY, view);
  } catch {
    // A private window forgets the choice; nothing else depends on it.
  }
}
