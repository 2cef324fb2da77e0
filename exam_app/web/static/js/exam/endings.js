// web.static.js.exam.endings — what the last screen says, from what is known at the end. Pure.

import { words } from "./words.js";

export function receipt({ answered, total, late }, code, checkAt) {
  const { title, lines, button, check } = words.receipt;
  const counted = words.receipt.answered(answered, total, late);
  const rest = late > 0 && words.closed.late(late);
  return { title, code, lines: [counted, rest, ...lines], button, also: { label: check, href: checkAt } };
}

export function rehearsed({ answered, total }) {
  const { title, lines, button } = words.rehearsed;
  return { title, lines: [words.rehearsed.answered(answered, total), ...lines], button };
}

// late: answers that came after the end; kept: answers that are on this computer alone.
export function closed(message, { state, late = 0, kept = 0 } = {}) {
  const { unknown, lines, button } = words.closed;
  const rest = [late > 0 && words.closed.late(late), kept > 0 && words.closed.kept(kept)];
  return { title: words.closed[state] ?? unknown, lines: [message, ...rest, ...lines], button };
}
