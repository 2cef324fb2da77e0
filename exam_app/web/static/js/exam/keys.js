// web.static.js.exam.keys — the keyboard: letters choose, arrows move, F flags, ? explains.

// act: {press(index), next(), previous(), flag(), help()}
export function listenToKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("select") || document.querySelector("dialog[open]")) return;
    const move = MOVES[event.key];
    if (move) return perform(event, () => act[move]());
    if (event.key === "Enter" && !event.target.closest("button, a, summary")) return perform(event, () => act.next());
    if (event.repeat) return undefined;
    if (event.key === "?" || event.key === "？") return perform(event, () => act.help());
    const letter = letterPressed(event);
    if (letter === "f") return perform(event, () => act.flag());
    const index = "123456789".includes(letter) ? Number(letter) - 1 : "abcde".indexOf(letter);
    return index >= 0 ? perform(event, () => act.press(index)) : undefined;
  });
}

// A radio would take the side arrows for itself and change the answer: here they only move.
const MOVES = { ArrowLeft: "previous", ArrowRight: "next", PageUp: "previous", PageDown: "next" };

function perform(event, act) {
  event.preventDefault();
  act();
}

// A Chinese input method may hide the letter behind "Process"; the place of the key still tells it.
function letterPressed({ key, code }) {
  const hidden = key === "Process" ? /^(?:Key|Digit|Numpad)(\w)$/.exec(code)?.[1] : key;
  return hidden && hidden.length === 1 ? hidden.toLowerCase() : "-";
}
