// web.static.js.exam.rehearsal — the real exam page with three toy questions and a server that is not there.

import { runExam } from "./page.js";
import { words } from "./words.js";

const LASTS_MS = 120000;
const REPLY_MS = 250;

const reply = (outcome) => new Promise((resolve) => setTimeout(() => resolve(outcome), REPLY_MS));

export function toyBackend(home) {
  const { toy } = words;
  const endsAt = performance.now() + LASTS_MS;
  const remaining = () => Math.max(0, endsAt - performance.now());
  const questions = toy.questions.map((question, index) => ({ slot: index + 1, ...question }));
  const facts = () => ({
    sitting: 0,
    remainingMs: remaining(),
    graceMs: 1000,
    title: toy.title,
    candidate: { name: toy.candidate },
    sections: [{ title: toy.section, note: toy.note, first: 1, last: questions.length }],
    questions,
    answers: {},
    revision: 0,
    lastSavedAt: null,
    earlyHandInMs: 0,
  });
  return {
    start: () => reply({ is: "started", facts: facts() }),
    save: () => reply({ is: "saved", savedAt: new Date().toISOString() }),
    clock: () => reply({ is: "time", remainingMs: remaining(), state: "open" }),
    handIn: () => reply({ is: "handed", code: toy.code, next: home }),
    event: () => Promise.resolve(),
  };
}

const root = document.querySelector("[data-exam][data-rehearsal]");
if (root) runExam(root, toyBackend(root.dataset.homeUrl), { isRehearsal: true });
