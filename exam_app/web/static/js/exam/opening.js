// web.static.js.exam.opening — asks for the paper until it comes, or says why it does not.

import { words } from "./words.js";

const LONGEST_WAIT_MS = 15000;
const SPREAD_MS = 400;

// The sitting's facts, or null when the nominee has to sign in again.
export async function startOrResume(backend, screen, home) {
  // A room that begins at the bell does not knock in the same instant.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
  for (let failures = 0; ; ) {
    const outcome = await backend.start();
    if (outcome.is === "started") return outcome.facts;
    if (outcome.is === "signed_out") {
      screen.show({ ...words.signedOut, href: home });
      return null;
    }
    if (outcome.is === "not_now") {
      await screen.show({ ...words.notNow, lines: [outcome.message], href: home });
    } else {
      if (failures === 0) screen.show(words.unreachable);
      failures += 1;
      await rest(failures);
    }
  }
}

function rest(failures) {
  const longest = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (failures - 1));
  return new Promise((resolve) => setTimeout(resolve, longest * (0.6 + Math.random() * 0.4)));
}
