/* web.static.js.ticking — [data-ticks-up], [data-ticks-down]: the first mm:ss inside runs on from so many seconds,
   so that a board whose rooms are quiet need not be sent again. */

const TIME = /\d+:\d\d/;
const known = new WeakMap();

function timeOf(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (TIME.test(texts.currentNode.data)) return texts.currentNode;
  }
  return null;
}

function spell(seconds) {
  const left = Math.max(0, Math.floor(seconds));
  return `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
}

function tick(element) {
  if (!known.has(element)) known.set(element, { since: performance.now(), text: timeOf(element) });
  const { since, text } = known.get(element);
  if (!text) return;
  const passed = (performance.now() - since) / 1000;
  const { ticksUp, ticksDown } = element.dataset;
  text.data = text.data.replace(TIME, spell(ticksUp === undefined ? ticksDown - passed : Number(ticksUp) + passed));
}

function tickAll() {
  document.querySelectorAll("[data-ticks-up], [data-ticks-down]").forEach(tick);
}

document.addEventListener("fragment:replaced", tickAll);
setInterval(tickAll, 1000);
tickAll();
