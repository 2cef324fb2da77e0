/* web.static.js.sheet — typing answers from a sheet of paper: Enter goes on, arrows go by rows, a key says "blank". */

const BLANK = "-";
const BLANKS = ["-", "—", "－", "0", "空"];
const LETTERS = "ABCDEFGH";
const COLUMNS = 5;

function tidy(text) {
  const wide = (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);
  const typed = text.replace(/[Ａ-Ｈａ-ｈ]/g, wide).toUpperCase().replace(/\s/g, "");
  return BLANKS.includes(typed) ? BLANK : typed;
}

function isGood(box) {
  const allowed = LETTERS.slice(0, Number(box.dataset.options));
  const letters = Array.from(box.value);
  return box.value === BLANK || (new Set(letters).size === letters.length && letters.every((one) => allowed.includes(one)));
}

function show(form) {
  const typed = form.boxes.filter((box) => box.value !== "").length;
  form.querySelector("[data-typed]").textContent = String(typed);
}

function check(box, form) {
  const at = box.selectionStart;
  const clean = tidy(box.value);
  if (clean !== box.value) {
    box.value = clean;
    box.setSelectionRange(at, at);
  }
  box.classList.toggle("is-wrong", box.value !== "" && !isGood(box));
  show(form);
}

function go(form, box, steps) {
  const next = form.boxes[form.boxes.indexOf(box) + steps];
  if (!next) return;
  next.focus();
  next.select();
  next.scrollIntoView({ block: "nearest" });
}

/* Enter in an empty box stays there: a question that was skipped must not look like one without an answer. */
function onKey(event, form) {
  const box = event.target;
  if (!form.boxes.includes(box)) {
    if (event.key === "Enter" && box.name === "sheet_code") {
      event.preventDefault();
      form.boxes[0].focus();
    }
    return;
  }
  const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
  if (!(event.key in steps) || event.isComposing) return;
  event.preventDefault();
  check(box, form);
  if (event.key === "Enter" && !event.shiftKey && (box.value === "" || !isGood(box))) {
    box.classList.add("is-wrong");
    return;
  }
  go(form, box, steps[event.key]);
}

function start() {
  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  form.boxes = Array.from(form.querySelectorAll("[data-answer]"));
  let last = form.boxes[0];
  form.boxes.forEach((box) => {
    box.addEventListener("input", (event) => { if (!event.isComposing) check(box, form); });
    box.addEventListener("focus", () => { last = box; });
  });
  form.addEventListener("keydown", (event) => onKey(event, form));
  form.querySelector("[data-blank]").addEventListener("click", () => {
    last.value = BLANK;
    check(last, form);
    last.focus();
    go(form, last, 1);
  });
  show(form);
  if (!document.querySelector("[data-take-focus]")) form.querySelector("[name=sheet_code]").focus({ preventScroll: true });
}

start();
