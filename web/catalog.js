/* What a script adds to the catalogue's pages: names of vendors and products while one is typed. The search works without it. */
"use strict";
(() => {
  const SHORTEST = 2, PAUSE = 150;

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("datalist");
    let waiting, asked;

    list.id = input.id + "-suggestions";
    input.after(list);
    input.setAttribute("list", list.id);

    async function suggest() {
      const words = input.value.trim();
      if (asked) asked.abort();
      if ([...words].length < SHORTEST) { list.replaceChildren(); return; }
      asked = new AbortController();
      try {
        const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(words), { signal: asked.signal });
        if (!answer.ok) return;
        list.replaceChildren(...(await answer.json()).map(name => {
          const option = document.createElement("option");
          option.value = name;
          return option;
        }));
      } catch { /* a newer question took its place, or the network is gone: nothing is suggested */ }
    }

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(suggest, PAUSE);
    });
  }
})();
