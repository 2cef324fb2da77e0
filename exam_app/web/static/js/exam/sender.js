// web.static.js.exam.sender — one queue of answers to the server: in order, one at a time, until acknowledged.

const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 15000;

export class Sender {
  #backend;
  #journal;
  #act;
  #countAnswered;
  #pending = new Map(); // slot -> newest unsent event
  #revision;
  #acknowledged;
  #savedAt;
  #acknowledgedAnswers = new Map(); // slot -> newest acknowledged answer
  #failures = 0;
  #failingSince = null;
  #hasFailed = false;
  #late = new Set(); // slots with an answer that the server kept as late
  #proof = null; // the newest answer acknowledged before the server fell silent
  #running = false;
  #held = false;
  #stopRest = () => {};

  // act: {onChange(), onVerdict(outcome), onReconnect(), onTime(remainingMs)}; resumed: what resume.reconcile found.
  constructor({ backend, journal, resumed, savedAt, countAnswered, act }) {
    this.#backend = backend;
    this.#journal = journal;
    this.#act = act;
    this.#countAnswered = countAnswered;
    this.#acknowledged = resumed.acknowledged;
    this.#revision = resumed.revision;
    this.#savedAt = savedAt;
    for (const [slot, { response, revision }] of Object.entries(resumed.answers)) {
      this.#noteAcknowledged({ slot: Number(slot), response, revision, clientAt: null }, null);
    }
    for (const event of resumed.unsent) this.#keep(event);
    this.#pump();
  }

  get savedAt() {
    return this.#savedAt;
  }

  get unsent() {
    return this.#pending.size;
  }

  get late() {
    return this.#late.size;
  }

  get isFailing() {
    return this.#failures > 0 && this.#pending.size > 0;
  }

  // For how long nothing has come through, while something waits.
  get failingMs() {
    return this.#pending.size && this.#failingSince !== null ? performance.now() - this.#failingSince : 0;
  }

  // The newest answer to each question, as the emergency file carries it.
  held() {
    const newest = new Map(this.#acknowledgedAnswers);
    for (const event of this.#pending.values()) newest.set(event.slot, { ...event, savedAt: null, acknowledged: false });
    return [...newest.values()].sort((a, b) => a.slot - b.slot);
  }

  statusOf(slot) {
    if (!this.#pending.has(slot)) return "saved";
    return this.#failures ? "unsent" : "saving";
  }

  answer(slot, response) {
    const earlier = this.#pending.get(slot);
    this.#revision += 1;
    this.#keep({
      slot,
      response,
      revision: this.#revision,
      clientAt: Date.now(),
      base: earlier ? earlier.base : this.#acknowledged,
      tried: earlier ? [...new Set([...earlier.tried, earlier.response])] : [],
    });
    this.#act.onChange(slot);
    this.#pump();
  }

  // The server fell silent. When it speaks again, it may be another one, put up from a backup.
  doubt() {
    this.#proof = this.#proof ?? this.#journal.events().filter((event) => event.acknowledged).pop() ?? null;
  }

  async prove() {
    if (this.#held || !(await this.#recall())) return;
    this.#inOrder().forEach((event) => this.#act.onChange(event.slot));
    this.#pump();
  }

  wake() {
    this.#stopRest();
    this.#pump();
  }

  stop() {
    this.#held = true;
    this.#stopRest();
  }

  // The page is going away: the same events once more, outliving it; equal ones get the same receipt.
  sayLastWords() {
    if (this.#held) return;
    for (const event of this.#inOrder()) this.#backend.save(event, this.#countAnswered(), { parting: true });
  }

  // Hand in with whatever is unsent; an unreachable server is asked again until isWanted() says no.
  async handIn({ onTrouble, isWanted }) {
    this.stop();
    for (let failures = 0; ; ) {
      const outcome = await this.#offerAll();
      if (outcome.is === "taken") {
        this.#renumber(outcome.revision);
      } else if (outcome.is === "unreachable") {
        failures += 1;
        this.doubt();
        onTrouble();
        await this.#rest(failures);
        if (!isWanted()) return this.#release({ is: "dropped" });
      } else if (outcome.is === "early" || outcome.is === "refused") {
        return this.#release(outcome);
      } else {
        return this.#settle(outcome);
      }
    }
  }

  // After the end: each unsent answer is offered once, so that the office can see that it exists.
  async offerRest() {
    this.stop();
    for (const event of this.#inOrder()) {
      const outcome = await this.#backend.save(event, this.#countAnswered());
      if (outcome.is === "saved" || outcome.is === "late") this.#acknowledge(event, outcome);
    }
    return { late: this.late, kept: this.#pending.size };
  }

  async #offerAll() {
    await this.#recall();
    return this.#proof ? { is: "unreachable" } : this.#backend.handIn(this.#inOrder());
  }

  // Offer an acknowledged answer again: a server that has it says when it was saved; one that has not gets all again.
  async #recall() {
    const proof = this.#proof;
    if (!proof) return false;
    this.#proof = null;
    const outcome = await this.#backend.save(proof, this.#countAnswered());
    if (outcome.is === "unreachable") this.#proof = proof;
    if (outcome.is !== "saved" || outcome.savedAt === proof.acknowledged) return false;
    for (const { acknowledged, ...event } of this.#journal.events()) {
      if (acknowledged && !this.#pending.has(event.slot)) this.#keep(event);
    }
    return true;
  }

  #settle(outcome) {
    if (outcome.is === "handed") {
      this.#pending.clear();
      this.#journal.wipe();
    }
    return outcome;
  }

  #release(outcome) {
    this.#held = false;
    this.#pump();
    return outcome;
  }

  #keep(event) {
    this.#pending.set(event.slot, event);
    this.#journal.keep(event);
  }

  #inOrder() {
    return [...this.#pending.values()].sort((a, b) => a.revision - b.revision);
  }

  async #pump() {
    if (this.#running) return;
    this.#running = true;
    // An event that the server cannot take goes behind the others, so that it never blocks them.
    const shunned = new Set();
    while (!this.#held && this.#pending.size) {
      const queue = this.#inOrder();
      const event = queue.find((waiting) => !shunned.has(waiting.slot)) ?? queue[0];
      const outcome = await this.#backend.save(event, this.#countAnswered());
      this.#take(event, outcome);
      if (outcome.is === "refused") shunned.add(event.slot);
      const isStuck = outcome.is === "unreachable" || queue.every((waiting) => shunned.has(waiting.slot));
      if (!isStuck || this.#held) continue;
      shunned.clear();
      await this.#rest(this.#failures);
    }
    this.#running = false;
  }

  #take(event, outcome) {
    if (outcome.is === "saved" || outcome.is === "late") this.#acknowledge(event, outcome);
    else if (outcome.is === "taken") this.#renumber(outcome.revision);
    else if (outcome.is === "replaced" || outcome.is === "closed") this.#held = true;
    else this.#fail();
    if (outcome.is === "late" || outcome.is === "replaced" || outcome.is === "closed") this.#act.onVerdict(outcome);
    this.#act.onChange(event.slot);
  }

  #fail() {
    this.doubt();
    this.#failures += 1;
    this.#failingSince ??= performance.now();
    this.#hasFailed = true;
  }

  #acknowledge(event, outcome) {
    if (this.#pending.get(event.slot)?.revision === event.revision) this.#pending.delete(event.slot);
    this.#journal.acknowledge(event, outcome.is === "saved" ? outcome.savedAt : "");
    if (outcome.is === "late") this.#late.add(event.slot);
    else this.#late.delete(event.slot);
    this.#acknowledged = Math.max(this.#acknowledged, event.revision);
    if (outcome.is === "saved") this.#noteAcknowledged(event, outcome.savedAt);
    if (outcome.savedAt) this.#savedAt = outcome.savedAt;
    if (Number.isFinite(outcome.remainingMs) && !this.#held) this.#act.onTime(outcome.remainingMs);
    this.#failures = 0;
    this.#failingSince = null;
    if (!this.#hasFailed || this.#pending.size) return;
    this.#hasFailed = false;
    this.prove();
    this.#act.onReconnect();
  }

  #noteAcknowledged({ slot, response, revision, clientAt }, savedAt) {
    const answer = { slot, response, revision, base: revision, tried: [], clientAt, savedAt, acknowledged: true };
    this.#acknowledgedAnswers.set(slot, answer);
  }

  // Another answer of this sitting owns the number: everything up to it takes new ones, in the old order.
  #renumber(takenRevision) {
    const taken = Math.max(takenRevision, this.#inOrder()[0]?.revision ?? 0);
    this.#revision = Math.max(this.#revision, taken);
    for (const event of this.#inOrder().filter((waiting) => waiting.revision <= taken)) {
      this.#revision += 1;
      this.#keep({ ...event, revision: this.#revision });
    }
  }

  #rest(failures) {
    const longest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - 1));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.6 + Math.random() * 0.4));
      this.#stopRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
