// web.static.js.exam.tabs — the browser's window: one of them answers; it wakes, loses the focus, goes away.

const CHANNEL = "exam-desk";
const PATIENCE_MS = 300;

export class OneWindow {
  #channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
  #isHolder = false;
  #heard = () => {};

  constructor(onTaken) {
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }) => {
      if (data === "anyone?" && this.#isHolder) this.#channel.postMessage("here");
      if (data === "here") this.#heard(true);
      if (data === "taken" && this.#isHolder) {
        this.#isHolder = false;
        onTaken();
      }
    };
  }

  isElsewhere() {
    if (!this.#channel) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#heard = resolve;
      setTimeout(() => resolve(false), PATIENCE_MS);
      this.#channel.postMessage("anyone?");
    });
  }

  take() {
    this.#channel?.postMessage("taken");
    this.#isHolder = true;
  }

  leave() {
    this.#isHolder = false;
  }
}

// act: {onWake(), onFocusLost(), onLeave(), mayLeave()}
export function listenToWindow({ onWake, onFocusLost, onLeave, mayLeave }) {
  const wake = () => document.hidden || onWake();
  for (const name of ["online", "focus", "pageshow"]) addEventListener(name, wake);
  document.addEventListener("resume", wake); // a frozen tab thaws
  document.addEventListener("visibilitychange", () => (document.hidden ? onFocusLost() : onWake()));
  addEventListener("blur", () => document.hidden || onFocusLost());
  addEventListener("pagehide", onLeave);
  addEventListener("beforeunload", (event) => {
    if (mayLeave()) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
