// web.static.js.exam.page — wires journal, sender, clock and paper into the exam page.

import { ExamClock } from "./clock.js";
import { Desk } from "./desk.js";
import { closed, receipt, rehearsed } from "./endings.js";
import { memoryJournal, openJournal } from "./journal.js";
import { startOrResume } from "./opening.js";
import { Rescue } from "./rescue.js";
import { reconcile, slotToContinue } from "./resume.js";
import { Screen } from "./screens.js";
import { Sender } from "./sender.js";
import { serverBackend } from "./server.js";
import { listenToWindow, OneWindow } from "./tabs.js";
import { words } from "./words.js";

// isRehearsal: nothing is stored, no other window matters, and the end says that the nominee can use it now.
export async function runExam(root, backend, { isRehearsal = false } = {}) {
  await new ExamPage(root, backend, isRehearsal).run();
}

class ExamPage {
  #backend;
  #isRehearsal;
  #links;
  #desk;
  #screen;
  #window;
  #facts;
  #journal;
  #sender;
  #rescue;
  #clock;
  #mayHandInAt;
  #responses;
  #flags;
  #isEnded = false;
  #isHandingIn = false;
  #wantsHandIn = false;
  #isTimeUp = false;

  constructor(root, backend, isRehearsal) {
    this.#backend = backend;
    this.#isRehearsal = isRehearsal;
    this.#links = root.dataset;
    this.#desk = new Desk(root);
    this.#screen = new Screen(root.querySelector("[data-part=screen]"), root.querySelector("[data-part=desk]"));
    this.#window = isRehearsal ? null : new OneWindow(() => this.#end(words.takenHere));
  }

  async run() {
    if (await this.#window?.isElsewhere()) await this.#screen.show(words.elsewhere);
    this.#screen.show(words.opening);
    this.#window?.take();
    this.#facts = await startOrResume(this.#backend, this.#screen, this.#links.homeUrl);
    if (!this.#facts) return;
    await this.#resume();
    this.#listen();
  }

  async #resume() {
    const facts = this.#facts;
    const arrivedAt = performance.now();
    this.#journal = await this.#open(facts.sitting);
    if (this.#isEnded) return;
    const found = reconcile(facts, this.#journal.events());
    const marks = this.#journal.marks();
    this.#responses = found.responses;
    this.#flags = new Set(marks.flags);
    this.#mayHandInAt = arrivedAt + facts.earlyHandInMs;
    this.#settle(found);
    this.#sender = this.#makeSender(found);
    this.#rescue = new Rescue(facts, this.#sender, this.#desk.notices);
    this.#desk.open(facts, slotToContinue(facts.questions, marks, facts.answers), this.#deskActs());
    this.#refresh();
    this.#screen.hide();
    this.#clock = this.#makeClock(arrivedAt);
  }

  #open(sitting) {
    if (this.#isRehearsal) return memoryJournal(sitting);
    return openJournal(sitting, () => this.#desk.notices.say("weak", words.weak));
  }

  #settle({ arrived, disputed, unsent }) {
    for (const event of [...arrived, ...disputed]) this.#journal.forget(event.slot);
    if (unsent.length) this.#desk.notices.say("restored", words.restored(unsent.length), { passing: true });
    if (!disputed.length) return;
    const slots = disputed.map(({ slot }) => slot).sort((a, b) => a - b);
    slots.forEach((slot) => this.#flags.add(slot));
    this.#desk.notices.say("disputed", words.disputed(slots));
  }

  #makeSender(found) {
    return new Sender({
      backend: this.#backend,
      journal: this.#journal,
      resumed: { ...found, acknowledged: this.#facts.revision, answers: this.#facts.answers },
      savedAt: this.#facts.lastSavedAt,
      countAnswered: () => this.#answered(),
      act: {
        onChange: () => this.#refresh(),
        onVerdict: (outcome) => this.#obey(outcome),
        onReconnect: () => this.#reconnect(),
        onTime: (remainingMs) => this.#clock?.hear(remainingMs),
      },
    });
  }

  #makeClock(arrivedAt) {
    return new ExamClock({
      remainingMs: this.#facts.remainingMs - (performance.now() - arrivedAt),
      graceMs: this.#facts.graceMs,
      ask: () => this.#backend.clock(),
      act: {
        onTick: (leftMs) => {
          this.#desk.showTime(leftMs);
          this.#rescue.watch();
        },
        onMinutes: (minutes) => this.#desk.notices.say("time", words.minutesLeft(minutes), { passing: true }),
        onExtra: (minutes) => this.#desk.notices.say("extra", words.extraTime(minutes)),
        onZero: (isZero) => this.#setTimeUp(isZero),
        onEnd: () => this.#handIn(),
        onOutcome: (outcome) => this.#obey(outcome),
      },
    });
  }

  #deskActs() {
    return {
      onAnswer: (slot, response) => {
        this.#responses.set(slot, response);
        this.#sender.answer(slot, response);
      },
      onFlag: (slot) => {
        if (!this.#flags.delete(slot)) this.#flags.add(slot);
        this.#keepMarks();
        this.#refresh();
      },
      onCurrent: () => this.#keepMarks(),
      onAskHandIn: () => this.#askHandIn(),
      onHandIn: () => this.#handIn(),
      onDropHandIn: () => this.#dropHandIn(),
      rescue: () => this.#rescue.part(),
    };
  }

  #listen() {
    listenToWindow({
      onWake: () => this.#isEnded || this.#wake(),
      onFocusLost: () => this.#isEnded || this.#backend.event("focus_lost"),
      onLeave: () => this.#isEnded || this.#sender.sayLastWords(),
      mayLeave: () => this.#isEnded || !this.#sender.unsent,
    });
  }

  #wake() {
    this.#sender.wake();
    this.#clock.sync();
  }

  #reconnect() {
    if (this.#isEnded) return;
    this.#rescue.drop();
    this.#desk.notices.say("online", words.backOnline, { passing: true });
    this.#backend.event("reconnected");
  }

  #keepMarks() {
    this.#journal.keepMarks({ flags: [...this.#flags], current: this.#desk.paper.current });
    this.#desk.showCurrent();
  }

  #answered() {
    return this.#facts.questions.filter(({ slot }) => this.#responses.get(slot)).length;
  }

  #refresh() {
    if (!this.#desk.paper || this.#isEnded) return;
    for (const { slot } of this.#facts.questions) {
      const status = this.#sender.statusOf(slot);
      this.#desk.showQuestion(slot, {
        response: this.#responses.get(slot) ?? "",
        status: this.#responses.has(slot) ? status : null,
        isFlagged: this.#flags.has(slot),
      });
    }
    this.#desk.showSaved(this.#sender, this.#journal.isWeak);
    this.#desk.showAnswered(this.#answered());
  }

  // What the server says about the whole sitting, in a reply to any request.
  #obey(outcome) {
    if (this.#isEnded) return;
    if (outcome.is === "unreachable") this.#sender.doubt();
    if (outcome.is === "time") this.#sender.prove();
    if (outcome.is === "late") this.#sayLate(outcome);
    if (outcome.is === "time" && outcome.state === "open" && this.#sender.isFailing) this.#sender.wake();
    if (outcome.is === "replaced") this.#giveWay();
    const isOver = outcome.is === "closed" || (outcome.is === "time" && outcome.state !== "open");
    if (isOver && !this.#isHandingIn) this.#close(outcome);
  }

  // Why it was too late (time, hand-in, another computer) the clock knows.
  #sayLate({ message }) {
    this.#desk.notices.say("late", message);
    this.#clock?.sync();
  }

  #setTimeUp(isTimeUp) {
    this.#isTimeUp = isTimeUp;
    this.#desk.setLocked(isTimeUp);
    if (isTimeUp) {
      if (!this.#isHandingIn) this.#desk.handIn.close();
      this.#desk.notices.say("timeUp", words.timeUp);
      if (this.#sender.isFailing) this.#rescue.offer(words.emergency.timeUp);
    } else {
      this.#desk.notices.drop("timeUp");
      this.#dropHandIn();
    }
  }

  // The sender looks at the wish when it wakes.
  #dropHandIn() {
    this.#wantsHandIn = false;
    this.#sender.wake();
  }

  #askHandIn() {
    const waitMs = this.#mayHandInAt - performance.now();
    if (waitMs > 0 && this.#clock.remainingMs > waitMs) {
      this.#desk.notices.say("early", words.handIn.early(Math.ceil(waitMs / 60000)), { passing: true });
      return;
    }
    const slots = this.#facts.questions.map(({ slot }) => slot);
    this.#desk.handIn.open({
      total: slots.length,
      unanswered: slots.filter((slot) => !this.#responses.get(slot)),
      flagged: slots.filter((slot) => this.#flags.has(slot)),
      unsent: this.#sender.unsent,
    });
  }

  async #handIn() {
    this.#wantsHandIn = true;
    if (this.#isHandingIn || this.#isEnded) return;
    this.#isHandingIn = true;
    this.#desk.handIn.setSending();
    const outcome = await this.#sender.handIn({
      onTrouble: () => this.#showTrouble(),
      isWanted: () => this.#wantsHandIn || this.#isTimeUp,
    });
    this.#isHandingIn = false;
    if (this.#isEnded) return;
    this.#desk.handIn.close();
    if (outcome.is === "handed") this.#showReceipt(outcome);
    else if (outcome.is === "early" || outcome.is === "refused") {
      this.#desk.notices.say("early", outcome.message ?? words.handIn.refused);
    } else this.#obey(outcome);
  }

  #showTrouble() {
    this.#desk.handIn.setTrouble();
    if (!this.#isTimeUp) return;
    this.#desk.notices.say("timeUp", words.handIn.trouble);
    if (this.#sender.unsent) this.#rescue.offer(words.emergency.timeUp);
  }

  // late: how many of the answers that this hand-in brought came after the grace; others may have come before it.
  #showReceipt({ code, next, late = 0 }) {
    const counts = { answered: this.#answered(), total: this.#facts.questions.length, late: late + this.#sender.late };
    this.#end(this.#isRehearsal ? rehearsed(counts) : receipt(counts, code, this.#links.receiptsUrl), next);
  }

  #giveWay() {
    this.#end(words.replaced);
    this.#sender.offerRest();
  }

  async #close(outcome) {
    this.#end(closed(outcome.message));
    const { state } = outcome.state ? outcome : await this.#backend.clock();
    const { late, kept } = await this.#sender.offerRest();
    if (!kept) this.#journal.wipe();
    const extra = kept > 0 && this.#rescue.part();
    this.#screen.show({ ...closed(outcome.message, { state, late, kept }), extra, href: this.#links.homeUrl });
  }

  #end(screen, href = this.#links.homeUrl) {
    this.#isEnded = true;
    this.#window?.leave();
    this.#clock?.stop();
    this.#sender?.stop();
    this.#desk.handIn?.close();
    this.#desk.clear();
    this.#screen.show({ ...screen, href });
  }
}

const root = document.querySelector("[data-exam][data-start-url]");
if (root) runExam(root, serverBackend(root.dataset));
