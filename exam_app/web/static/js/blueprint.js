/* web.static.js.blueprint — the editor of a blueprint adds up questions and marks while they are typed. */

const editor = document.querySelector("[data-blueprint]");

function number(input) {
  const value = Number(input.value);
  return Number.isFinite(value) && value > 0 ? value : 0;
}

function tidy(value) {
  return String(Math.round(value * 100) / 100);
}

function addUp() {
  let questions = 0;
  let total = 0;
  editor.querySelectorAll("[data-kind]").forEach((kind) => {
    const marks = number(kind.querySelector("[data-marks]"));
    const counts = Array.from(kind.querySelectorAll("[data-count]"));
    const here = counts.reduce((sum, input) => sum + number(input), 0);
    kind.querySelector("[data-kind-sum]").textContent = `本题型 ${here} 题，${tidy(here * marks)} 分。`;
    questions += here;
    total += here * marks;
  });
  const full = number(editor.querySelector("[name=full_marks]"));
  const fits = Math.abs(total - full) < 0.005;
  const remark = fits ? "，与满分一致" : `，与满分 ${tidy(full)} 分相差 ${tidy(Math.abs(full - total))} 分`;
  editor.querySelector("[data-total]").textContent = `${questions} 题，${tidy(total)} 分${remark}`;
}

editor.addEventListener("input", addUp);
addUp();
