/* web.static.js.votes — typing the totals of votes: what they come to at once, and the keys that lead on. */

const TALLY = ["yes", "no", "abstain", "not_pressed"];
const WORDS = {
  sum: (counted, present) => `合计 ${counted}，应为 ${present}`,
  passed: "通过", failed: "未通过", wrong: "请填整数",
};

function boxes(row) {
  return TALLY.map((name) => row.querySelector(`[data-tally="${name}"]`));
}

function read(row) {
  const words = boxes(row).map((box) => box.value.trim());
  if (words.every((one) => one === "")) return null;
  return words.map((one) => (one === "" ? 0 : /^\d+$/.test(one) ? Number(one) : NaN));
}

function verdict(counts, present, total) {
  if (counts.some(Number.isNaN)) return ["bad", WORDS.wrong];
  const counted = counts.reduce((sum, one) => sum + one, 0);
  if (counted !== present) return ["warn", WORDS.sum(counted, present)];
  return counts[0] * 2 > total ? ["good", WORDS.passed] : ["bad", WORDS.failed];
}

function show(row, form) {
  const place = row.querySelector("[data-result]");
  const counts = read(row);
  const [tone, words] = counts ? verdict(counts, Number(form.dataset.present), Number(form.dataset.total)) : ["", ""];
  place.textContent = words;
  place.className = words ? `badge badge--${tone}` : "";
}

/* Enter goes on to the next number, up and down to the same number of another row: the hand stays on the keys. */
function onKey(event, form) {
  const box = event.target;
  if (!box.dataset || !box.dataset.tally) return;
  const all = Array.from(form.querySelectorAll("[data-tally]")).filter((one) => one.offsetParent !== null);
  const at = all.indexOf(box);
  const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: TALLY.length, ArrowUp: -TALLY.length };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = all[at + steps[event.key]];
  if (!next) return;
  next.focus();
  next.select();
}

function start() {
  document.querySelectorAll("form.votes").forEach((form) => {
    const rows = form.querySelectorAll("[data-vote]");
    rows.forEach((row) => {
      row.addEventListener("input", () => show(row, form));
      show(row, form);
    });
    form.addEventListener("keydown", (event) => onKey(event, form));
    const first = form.querySelector("[data-tally]");
    if (first && !document.querySelector("[data-take-focus]")) first.focus({ preventScroll: true });
  });
}

start();
