/* web.static.js.poll — [data-poll] asks its address again every [data-every] seconds and takes the answer's place.
   The answer is the same element rendered anew; one without data-poll ends the asking. */

const SLOWEST = 60;
const OFFLINE = "网络中断，显示的不是最新内容，恢复后自动更新";

function isBusy(element) {
  const active = document.activeElement;
  const typing = element.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName);
  return typing || element.querySelector("details.menu[open]") !== null || document.querySelector("dialog[open]") !== null;
}

function say(element, words) {
  const place = element.querySelector("[data-poll-status]");
  if (place && place.textContent !== words) place.textContent = words;
  element.classList.toggle("is-stale", words !== "");
}

function replace(element, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  if (!fresh) return element;
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.replaceWith(document.adoptNode(fresh));
  const again = focused ? document.getElementById(focused) : null;
  if (again) again.focus({ preventScroll: true });
  fresh.dispatchEvent(new CustomEvent("fragment:replaced", { bubbles: true }));
  return fresh;
}

async function ask(element) {
  const answer = await fetch(element.dataset.poll, {
    credentials: "same-origin", cache: "no-store", headers: { "X-Fragment": "1", Accept: "text/html" },
  });
  if (answer.redirected || answer.status === 401 || answer.status === 403) {
    location.reload(); // signed out meanwhile: let the server say so
    return null;
  }
  if (answer.status === 204) return element;
  if (!answer.ok) throw new Error(String(answer.status));
  const html = await answer.text();
  return isBusy(element) ? element : replace(element, html);
}

function keep(element, failures) {
  const seconds = Number(element.dataset.every) || 10;
  setTimeout(() => turn(element, failures), Math.min(seconds * 2 ** failures, Math.max(seconds, SLOWEST)) * 1000);
}

async function turn(element, failures) {
  if (!element.isConnected) return;
  if (document.hidden) {
    document.addEventListener("visibilitychange", () => turn(element, 0), { once: true });
    return;
  }
  if (isBusy(element)) {
    keep(element, 0);
    return;
  }
  try {
    const now = await ask(element);
    if (!now) return;
    say(now, "");
    if (now.dataset.poll) keep(now, 0);
  } catch (failed) {
    say(element, OFFLINE);
    keep(element, Math.min(failures + 1, 5));
  }
}

document.querySelectorAll("[data-poll]").forEach((element) => keep(element, 0));
