/* web.static.js.preview — beside the question editor: what the candidate will see, and the article that is cited. */

const LETTERS = "ABCDEF";
const TRUE_FALSE = ["正确", "错误"];
const OBJECTIVE = ["single", "multiple", "true_false"];
const WAIT_MS = 300;

const place = document.querySelector("[data-question-form]");
const form = place.querySelector("form");
const preview = document.querySelector("[data-preview]");
const find = (name) => preview.querySelector(`[data-preview-${name}]`);

function optionsOf(kind) {
  if (kind === "true_false") return TRUE_FALSE;
  if (!OBJECTIVE.includes(kind)) return [];
  const texts = LETTERS.split("").map((_letter, at) => form.elements[`options-${at}`].value.trim());
  return texts.filter((text) => text !== "");
}

function optionRow(text, at) {
  const row = document.createElement("li");
  row.className = "question__option";
  const letter = document.createElement("span");
  letter.className = "question__letter";
  letter.textContent = LETTERS[at];
  const words = document.createElement("span");
  words.textContent = text;
  row.append(letter, words);
  return row;
}

/* Shows the fields that the kind of question has; hidden ones are still sent and ignored. */
function showFields(kind) {
  const isObjective = OBJECTIVE.includes(kind);
  const shows = { options: isObjective, answer: !isObjective, choice: kind !== "true_false", true_false: kind === "true_false" };
  place.querySelectorAll("[data-for]").forEach((part) => { part.hidden = !shows[part.dataset.for]; });
  place.querySelectorAll("[data-option]").forEach((row, at) => {
    row.hidden = kind === "true_false" && at >= TRUE_FALSE.length;
    const input = row.querySelector("input[type=text]");
    input.disabled = kind === "true_false";
    input.placeholder = kind === "true_false" ? TRUE_FALSE[at] || "" : "";
  });
}

function show() {
  const kind = form.elements.kind;
  const stem = form.elements.stem.value.trim();
  showFields(kind.value);
  find("empty").hidden = stem !== "";
  find("kind").hidden = stem === "";
  find("kind").textContent = kind.options[kind.selectedIndex].textContent;
  find("stem").textContent = stem;
  find("options").replaceChildren(...optionsOf(kind.value).map(optionRow));
}

async function fetchArticle(citation, edition, number) {
  const address = `${citation.dataset.citation}?${new URLSearchParams({ edition, number })}`;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const wanted = citation.dataset.wanted === `${edition} ${number}`;
  if (wanted) citation.querySelector("[data-article]").innerHTML = await answer.text();
}

function watch(citation) {
  const [edition, number] = ["edition", "article"].map((name) => citation.querySelector(`[name$="-${name}"]`));
  let timer = 0;
  const ask = () => {
    clearTimeout(timer);
    citation.dataset.wanted = `${edition.value} ${number.value.trim()}`;
    timer = setTimeout(() => fetchArticle(citation, edition.value, number.value.trim()).catch(() => {}), WAIT_MS);
  };
  edition.addEventListener("change", ask);
  number.addEventListener("input", ask);
}

form.addEventListener("input", show);
form.addEventListener("change", show);
place.querySelectorAll("[data-citation]").forEach(watch);
show();
