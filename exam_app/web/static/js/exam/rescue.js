// web.static.js.exam.rescue — offers the emergency file when the network stays away, and saves it on this computer.

import { el } from "./dom.js";
import { emergencyBytes } from "./emergency.js";
import { words } from "./words.js";

const PATIENCE_MS = 60000;
const AGAIN_MS = 300000;
const NOTICE = "emergency";

export class Rescue {
  #facts;
  #sender;
  #notices;
  #reason = null;
  #offeredAt = 0;

  // A rehearsal gives no key, and so no file.
  constructor(facts, sender, notices) {
    this.#facts = facts;
    this.#sender = sender;
    this.#notices = notices;
  }

  // Looked at with every tick of the clock.
  watch() {
    if (this.#sender.failingMs > PATIENCE_MS) this.offer(words.emergency.away);
  }

  // Whoever put the offer away gets it again after some minutes, or when there is another reason.
  offer(reason) {
    const isFresh = reason === this.#reason && performance.now() - this.#offeredAt < AGAIN_MS;
    if (isFresh || !this.#facts.emergencyKey) return;
    this.#reason = reason;
    this.#offeredAt = performance.now();
    this.#notices.say(NOTICE, reason, { extra: this.part() });
  }

  drop() {
    this.#reason = null;
    this.#notices.drop(NOTICE);
  }

  // The button, and below it where the file went; null where there is no key.
  part() {
    if (!this.#facts.emergencyKey) return null;
    const told = el("p", { class: "rescue__told", role: "status" });
    const save = () => {
      told.textContent = words.emergency.saved(this.#save());
    };
    const button = el("button", { type: "button", class: "button", onclick: save }, words.emergency.button);
    return el("div", { class: "rescue" }, button, told);
  }

  #save() {
    const { sitting, token, emergencyKey, candidate } = this.#facts;
    const text = JSON.stringify({
      version: 1,
      sitting,
      admissionNumber: candidate.admissionNumber,
      madeAt: Date.now(),
      answers: this.#sender.held(),
    });
    const name = words.emergency.fileName(candidate);
    download(name, emergencyBytes({ sitting, token, key: emergencyKey }, text));
    return name;
  }
}

// A file of this page's own needs no network.
function download(name, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE_MS);
}
