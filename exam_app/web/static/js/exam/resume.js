// web.static.js.exam.resume — joins what the server holds with what this computer has not sent yet.

// Pure. An unsent event remembers the newest revision it knew (base) and the answers it replaced (tried):
// a later answer on the server that is none of ours was given on another computer, and stands. An acknowledged event that
// the server does not hold was lost with the server's disk, and is sent again.
export function reconcile({ answers, revision }, events) {
  const responses = new Map();
  for (const [slot, answer] of Object.entries(answers)) responses.set(Number(slot), answer.response);
  const outcome = { responses, unsent: [], arrived: [], disputed: [], revision };
  for (const { acknowledged, ...event } of events) {
    const stored = answers[event.slot];
    if (acknowledged && stored && stored.revision >= event.revision) {
      if (stored.revision > event.revision) outcome.arrived.push(event);
    } else if (stored && stored.revision > event.base && stored.response === event.response) {
      outcome.arrived.push(event);
    } else if (stored && stored.revision > event.base && !event.tried.includes(stored.response)) {
      outcome.disputed.push(event);
    } else {
      const isFree = event.revision > outcome.revision;
      outcome.revision = isFree ? event.revision : outcome.revision + 1;
      outcome.unsent.push({ ...event, revision: outcome.revision });
      responses.set(event.slot, event.response);
    }
  }
  return outcome;
}

// Where to carry on: the question marked here, else the one answered last, else the first.
export function slotToContinue(questions, marks, answers) {
  const slots = questions.map((question) => question.slot);
  if (slots.includes(marks.current)) return marks.current;
  const last = Object.keys(answers).sort((a, b) => answers[b].revision - answers[a].revision)[0];
  return slots.includes(Number(last)) ? Number(last) : slots[0];
}
