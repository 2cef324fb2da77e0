/* web.static.js.shell — what every page can do: theme, text size, navigation, menus, confirmations, filters, files, selections. */

const root = document.documentElement;
const SIZES = ["m", "l", "xl"];
const SIZE_WORDS = { m: "字号：标准", l: "字号：大", xl: "字号：特大" };
const WORDS = {
  confirm: "确定", cancel: "取消", question: "请确认", reason: "原因（必填，将记入审计记录）",
  show: "显示密码", hide: "隐藏密码", tooBig: "文件太大，请选择较小的文件。上限（MB）：",
};

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch (refused) { /* storage switched off: the choice holds for this page */ }
}

function announce(words) {
  const place = document.getElementById("announcer");
  if (place) place.textContent = words;
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/* Theme and text size */

function showSize() {
  const at = SIZES.indexOf(root.dataset.size);
  document.querySelectorAll("[data-size-step]").forEach((button) => {
    const step = Number(button.dataset.sizeStep);
    const useless = step === 0 ? at === 0 : !SIZES[at + step];
    button.setAttribute("aria-disabled", String(useless));
  });
}

function stepSize(step) {
  const at = SIZES.indexOf(root.dataset.size);
  const size = step === 0 ? SIZES[0] : SIZES[at + step] || root.dataset.size;
  root.dataset.size = size;
  remember("exam.size", size);
  showSize();
  markScrollable();
  announce(SIZE_WORDS[size]);
}

function chooseTheme(theme) {
  root.dataset.theme = theme;
  remember("exam.theme", theme);
}

/* Navigation on phones and menus */

function toggleNav(button) {
  const nav = document.getElementById(button.getAttribute("aria-controls"));
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  nav.classList.toggle("nav--open", open);
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

/* Confirmations: <form data-confirm="question" data-confirm-reason="name of the field that takes the reason"> */

function reasonField(name) {
  const area = make("textarea", { id: "confirm-reason", name, required: true, rows: 3 });
  const label = make("label", { className: "field__label", htmlFor: "confirm-reason", textContent: WORDS.reason });
  return make("div", { className: "field" }, label, area);
}

function buildDialog(question, verb, danger, reason) {
  const title = make("h2", { id: "confirm-title", className: "dialog__title", textContent: WORDS.question });
  const text = make("p", { id: "confirm-text", textContent: question });
  const yes = make("button", { type: "submit", value: "yes", className: `button button--${danger ? "danger" : "primary"}`, textContent: verb });
  const no = make("button", { type: "button", className: "button", textContent: WORDS.cancel });
  const form = make("form", { method: "dialog" }, title, text);
  if (reason) form.append(reasonField(reason));
  form.append(make("div", { className: "dialog__actions" }, yes, no));
  const dialog = make("dialog", { className: "dialog" }, form);
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.setAttribute("aria-describedby", "confirm-text");
  no.addEventListener("click", () => dialog.close());
  return dialog;
}

function askFirst(form, submitter, asks) {
  const verb = asks.confirmVerb || (submitter && submitter.textContent.trim()) || WORDS.confirm;
  const danger = submitter && submitter.classList.contains("button--danger");
  const dialog = buildDialog(asks.confirm, verb, danger, asks.confirmReason);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const reason = dialog.querySelector("textarea");
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    if (reason) form.append(make("input", { type: "hidden", name: reason.name, value: reason.value }));
    form.dataset.confirmed = "yes";
    if (submitter) form.requestSubmit(submitter);
    else form.requestSubmit();
    delete form.dataset.confirmed;
  });
  dialog.showModal();
  const first = dialog.querySelector("textarea") || dialog.querySelector("button:not([type=submit])");
  first.focus();
}

function onSubmit(event) {
  const form = event.target;
  const submitter = event.submitter;
  if (form.method === "dialog") return;
  const asks = submitter && submitter.dataset.confirm ? submitter.dataset : form.dataset;
  if (asks.confirm && !form.dataset.confirmed) {
    event.preventDefault();
    askFirst(form, submitter, asks);
    return;
  }
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault(); // a second click while the first is on its way
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
}

/* Dialogs of the page: <button data-open="id">, <button data-close> */

function onDialogButton(target) {
  const opener = target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  const closer = target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
}

/* Files: <div data-drop data-max-mb="10"> around an <input type=file> */

function showFiles(zone) {
  const input = zone.querySelector("input[type=file]");
  const limit = Number(zone.dataset.maxMb) || Infinity;
  const files = Array.from(input.files);
  const tooBig = files.some((file) => file.size > limit * 1024 * 1024);
  if (tooBig) input.value = "";
  const names = files.map((file) => `${file.name}（${Math.max(1, Math.round(file.size / 1024))} KB）`);
  zone.querySelector("[data-drop-name]").textContent = tooBig ? WORDS.tooBig + limit : names.join("、");
  zone.classList.toggle("drop--filled", files.length > 0 && !tooBig);
  zone.classList.toggle("drop--refused", tooBig);
}

function wireDrop(zone) {
  const input = zone.querySelector("input[type=file]");
  input.addEventListener("change", () => showFiles(zone));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("drop--over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("drop--over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop--over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    showFiles(zone);
  });
}

/* Selections: <input type=checkbox data-select-all="name">, [data-selected-count], button[data-needs-selection];
   <input type=checkbox data-everything="500"> chooses what stands on other pages as well. */

function showSelection(scope, name) {
  const boxes = Array.from(scope.querySelectorAll(`input[type=checkbox][name="${name}"]`));
  const everything = scope.querySelector("[data-everything]:checked");
  const ticked = boxes.filter((box) => box.checked).length;
  const chosen = everything ? Number(everything.dataset.everything) : ticked;
  const all = scope.querySelector(`[data-select-all="${name}"]`);
  all.checked = boxes.length > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  scope.querySelectorAll("[data-selected-count]").forEach((place) => { place.textContent = String(chosen); });
  scope.querySelectorAll("[data-needs-selection]").forEach((button) => { button.disabled = chosen === 0; });
}

function wireSelection(all) {
  const scope = all.closest("form") || document;
  const name = all.dataset.selectAll;
  scope.addEventListener("change", (event) => {
    if (event.target === all) {
      scope.querySelectorAll(`input[type=checkbox][name="${name}"]`).forEach((box) => { box.checked = all.checked; });
    }
    showSelection(scope, name);
  });
  showSelection(scope, name);
}

/* Passwords */

function reveal(button) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.textContent = shown ? WORDS.show : WORDS.hide;
}

/* A table that is wider than the screen must be reachable by keyboard; one that fits must not be a stop. */

function markScrollable() {
  document.querySelectorAll(".table-wrap").forEach((wrap) => {
    if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
    else wrap.removeAttribute("tabindex");
  });
}

/* Wiring */

function onClick(event) {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const step = target.closest("[data-size-step]");
  if (step && step.getAttribute("aria-disabled") !== "true") stepSize(Number(step.dataset.sizeStep));
  const nav = target.closest("[data-nav-toggle]");
  if (nav) toggleNav(nav);
  const secret = target.closest("[data-reveal]");
  if (secret) reveal(secret);
  if (target.closest("[data-print]")) window.print();
  if (target.closest("[data-back]")) history.back();
  closeMenus(target.closest("details.menu"));
  onDialogButton(target);
}

function onChange(event) {
  const target = event.target;
  if (target.matches("[data-theme-choice]")) chooseTheme(target.value);
  const form = target.form;
  const submits = form && "autoSubmit" in form.dataset && target.matches("select, input[type=checkbox], input[type=date]");
  if (submits) form.requestSubmit();
}

function onKey(event) {
  const menu = document.querySelector("details.menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function wire(scope) {
  scope.querySelectorAll("[data-drop]").forEach(wireDrop);
  scope.querySelectorAll("[data-select-all]").forEach(wireSelection);
  markScrollable();
}

function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onKey);
  document.addEventListener("fragment:replaced", (event) => wire(event.target));
  window.addEventListener("resize", markScrollable);
  document.querySelectorAll("[data-theme-choice]").forEach((choice) => { choice.value = root.dataset.theme; });
  showSize();
  wire(document);
  const problem = document.querySelector("[data-take-focus]");
  if (problem) problem.focus();
}

start();
