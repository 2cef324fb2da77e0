// web.static.js.exam.clock — counts down what the server says is left; never looks at this computer's date.

const TICK_MS = 500;
const SYNC_MS = 20000; // after the last word from the server; each acknowledged answer brings one
const ASLEEP_MS = 5000;
const NOTICED_EXTRA_MS = 30000;
const SPOKEN_MINUTES = [15, 5, 1];

export class ExamClock {
  #ask;
  #act;
  #graceMs;
  #deadline;
  #spoken;
  #ticking;
  #syncing;
  #zeroTimer = null;
  #asking = false;
  #tickedAt = performance.now();

  // ask(): the backend's clock outcome. act: {onTick, onMinutes, onExtra, onZero, onEnd, onOutcome}.
  constructor({ remainingMs, graceMs, ask, act }) {
    this.#ask = ask;
    this.#act = act;
    this.#graceMs = graceMs;
    this.#deadline = performance.now() + remainingMs;
    this.#spoken = new Set(dueMinutes(remainingMs));
    this.#ticking = setInterval(() => this.#beat(), TICK_MS);
    this.#askLater();
    this.#tick();
  }

  get remainingMs() {
    return Math.max(0, this.#deadline - performance.now());
  }

  stop() {
    clearInterval(this.#ticking);
    clearTimeout(this.#syncing);
    clearTimeout(this.#zeroTimer);
  }

  // A reply to something else told the time: the clock need not ask for a while.
  hear(remainingMs) {
    this.#askLater();
    this.#correct(remainingMs);
  }

  #askLater() {
    clearTimeout(this.#syncing);
    this.#syncing = setTimeout(() => this.sync(), SYNC_MS);
  }

  async sync() {
    this.#askLater();
    if (this.#asking) return;
    this.#asking = true;
    const askedAt = performance.now();
    const outcome = await this.#ask();
    this.#asking = false;
    if (outcome.is === "time" && outcome.state === "open") {
      const travelMs = (performance.now() - askedAt) / 2;
      this.#correct(outcome.remainingMs - travelMs);
    }
    this.#act.onOutcome(outcome);
  }

  #correct(remainingMs) {
    const extraMs = remainingMs - this.remainingMs;
    this.#deadline = performance.now() + remainingMs;
    this.#spoken = new Set(dueMinutes(remainingMs).filter((minutes) => this.#spoken.has(minutes)));
    if (extraMs >= NOTICED_EXTRA_MS) this.#act.onExtra(Math.round(extraMs / 60000) || 1);
    if (remainingMs > 0 && this.#zeroTimer !== null) this.#reprieve();
    this.#tick();
  }

  #reprieve() {
    clearTimeout(this.#zeroTimer);
    this.#zeroTimer = null;
    this.#act.onZero(false);
  }

  // A gap between two beats: the computer slept, and its count of the time may have slept with it.
  #beat() {
    const slept = performance.now() - this.#tickedAt > ASLEEP_MS;
    this.#tickedAt = performance.now();
    if (slept) this.sync();
    this.#tick();
  }

  #tick() {
    const left = this.remainingMs;
    this.#act.onTick(left);
    const unspoken = dueMinutes(left).filter((minutes) => !this.#spoken.has(minutes));
    if (left > 0 && unspoken.length) this.#act.onMinutes(Math.min(...unspoken));
    unspoken.forEach((minutes) => this.#spoken.add(minutes));
    if (left === 0 && this.#zeroTimer === null) this.#reachZero();
  }

  // A room full of browsers reaches zero together; chance spreads their hand-ins over the grace.
  #reachZero() {
    this.#act.onZero(true);
    this.#zeroTimer = setTimeout(() => this.#act.onEnd(), Math.random() * this.#graceMs * 0.6);
  }
}

const dueMinutes = (leftMs) => SPOKEN_MINUTES.filter((minutes) => leftMs <= minutes * 60000);
