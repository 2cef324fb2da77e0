/* web.static.js.theme — sets the reader's theme and text size before the first paint; a classic script on purpose. */
(function () {
  const root = document.documentElement;
  root.dataset.js = "on";
  const remembered = (key, allowed) => {
    try {
      const value = localStorage.getItem(key);
      return allowed.includes(value) ? value : null;
    } catch (refused) { // storage switched off: the defaults of the page stand
      return null;
    }
  };
  root.dataset.theme = remembered("exam.theme", ["light", "dark", "contrast"]) || "auto";
  root.dataset.size = remembered("exam.size", ["l", "xl"]) || "m";
})();
