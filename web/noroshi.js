/* What scripts add. Every page works without this file. No text becomes markup: elements are made one by one. */
"use strict";
(() => {
  const words = (document.getElementById("script-words") || document.body).dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (sentence, count) => (sentence || "{count}").replace("{count}", count.toLocaleString(document.documentElement.lang));
  const isDesk = document.body.classList.contains("desk");

  /* make("button", { type: "button", text: "Copy" }, child, ...) */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "text") element.textContent = value;
      else if (key === "press") element.addEventListener("click", value);
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  /* Storage may be forbidden or full; then nothing is kept. */
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* there was none */ } },
  };

  function copyButtons() {
    if (!navigator.clipboard) return;
    for (const value of all("[data-copy]:not(#script-words)")) {
      const said = make("span", { role: "status", class: "vh" });
      const button = make("button", { type: "button", text: words.copy, press: async () => {
        try { await navigator.clipboard.writeText(value.textContent); } catch { return; }
        button.textContent = said.textContent = words.copied;
        setTimeout(() => { button.textContent = words.copy; said.textContent = ""; }, 2500);
      } });
      value.after(button, said);
    }
  }

  /* ---- forms ---- */

  const dirty = new Set();

  function guardForms() {
    for (const form of all("form[method=post]")) {
      const guards = form.dataset.guard !== "off" && (form.hasAttribute("data-guard") || form.querySelector("textarea"));
      if (guards) {
        form.addEventListener("input", () => dirty.add(form));
        if (document.getElementById("faults")) dirty.add(form); /* it came back: nothing of it is saved */
      }
      form.addEventListener("submit", event => {
        if (form.dataset.sent) { event.preventDefault(); return; }
        form.dataset.sent = "1";
        dirty.delete(form);
        const pressed = event.submitter;
        const label = pressed && pressed.textContent;
        /* Later: a disabled button's name would not be sent. A download leaves the page standing: it wakes up again. */
        setTimeout(() => {
          if (!pressed) return;
          pressed.setAttribute("aria-disabled", "true");
          if (pressed.tagName === "BUTTON") pressed.textContent = words.sending;
        });
        const wake = () => {
          delete form.dataset.sent;
          if (pressed) { pressed.removeAttribute("aria-disabled"); pressed.textContent = label; }
        };
        setTimeout(wake, 8000);
        addEventListener("pageshow", wake, { once: true });
      });
    }
    addEventListener("beforeunload", event => { if (dirty.size) event.preventDefault(); });
  }

  /* A block that matters only when something is chosen. */
  function disclose() {
    const update = () => {
      const shown = new Map();
      for (const source of all("[data-shows]")) {
        const chosen = source.tagName === "OPTION" ? source.selected : source.checked;
        shown.set(source.dataset.shows, shown.get(source.dataset.shows) || chosen);
      }
      for (const [id, chosen] of shown) {
        const block = document.getElementById(id);
        const wrong = block && block.querySelector("[aria-invalid]");
        if (block) block.hidden = !chosen && !wrong;
      }
    };
    if (!document.querySelector("[data-shows]")) return;
    document.addEventListener("change", update);
    update();
  }

  function grow(area) {
    area.style.height = "auto";
    area.style.height = Math.min(area.scrollHeight + 2, innerHeight * .7) + "px";
  }

  function texts() {
    for (const area of all("textarea")) {
      if (area.scrollHeight > area.clientHeight) grow(area);
      area.addEventListener("input", () => { if (area.scrollHeight > area.clientHeight) grow(area); });
    }
    for (const control of all("[data-max]")) {
      const max = Number(control.dataset.max);
      const left = make("span", { class: "left", "aria-live": "polite" });
      const update = () => {
        const over = [...control.value].length - max;
        left.hidden = over < -Math.max(20, max / 10); /* only when it matters */
        left.textContent = fill(over > 0 ? words.over : words.left, Math.abs(over));
        left.classList.toggle("over", over > 0);
      };
      control.after(left);
      control.addEventListener("input", update);
      update();
    }
  }

  /* Drafts stay on this device, and only after the person asked for it. No passwords, files or hidden fields. */
  function drafts() {
    const end = document.querySelector("[data-draft-end]");
    if (end) store.drop("draft." + end.dataset.draftEnd);
    for (const form of all("form[data-draft]")) {
      const key = "draft." + form.dataset.draft;
      const controls = () => [...form.elements].filter(one => one.name && !["password", "file", "hidden", "submit", "button"].includes(one.type));
      const isBox = one => one.type === "checkbox" || one.type === "radio";
      const read = () => { try { return JSON.parse(store.get(key)) || {}; } catch { return {}; } };
      const keep = () => {
        const kept = read(); /* of all steps of the form */
        const mine = {};
        for (const one of controls()) {
          const values = mine[one.name] = mine[one.name] || [];
          if (!isBox(one) || one.checked) values.push(one.value);
        }
        return store.set(key, JSON.stringify(Object.assign(kept, mine)));
      };
      const put = kept => {
        const used = {};
        let changed = false;
        for (const one of controls()) {
          const values = kept[one.name];
          if (!Array.isArray(values)) continue;
          if (isBox(one)) { changed ||= one.checked !== values.includes(one.value); one.checked = values.includes(one.value); continue; }
          const value = values[used[one.name] = (used[one.name] ?? -1) + 1];
          if (typeof value === "string" && value !== one.value) { one.value = value; changed = true; }
        }
        if (changed) form.dispatchEvent(new Event("change", { bubbles: true }));
        return changed;
      };
      const said = make("p", { role: "status" });
      const save = make("button", { type: "button", class: "btn small", text: words.save });
      const drop = make("button", { type: "button", class: "btn small bad", text: words.drop });
      const show = (isKept, sentence) => { said.textContent = sentence || ""; save.hidden = isKept; drop.hidden = !isKept; };
      const row = make("div", { class: "drafts no-print" }, save, drop, said);
      let timer = 0;
      save.addEventListener("click", () => { if (keep()) { show(true, words.saved); dirty.delete(form); drop.focus(); } });
      drop.addEventListener("click", () => { clearTimeout(timer); store.drop(key); show(false, words.dropped); save.focus(); });
      form.addEventListener("input", () => {
        clearTimeout(timer);
        if (!drop.hidden) timer = setTimeout(() => { if (keep()) dirty.delete(form); }, 500);
      });
      form.addEventListener("submit", () => { if (!drop.hidden) keep(); });
      const place = all(".acts", form).pop();
      place ? place.before(row) : form.append(row);
      const has = store.get(key) !== null;
      /* What the server sent back is newer than the draft. */
      const isTouched = document.getElementById("faults") || controls().some(one => !isBox(one) && one.tagName !== "SELECT" && one.value);
      show(has, has && !isTouched && put(read()) ? words.restored : has ? words.saved : "");
    }
  }

  /* ---- tables ---- */

  function filters() {
    for (const table of all("table[data-filter]")) {
      const box = make("input", { type: "search", "aria-label": words.filter, placeholder: words.filter });
      const found = make("span", { role: "status" });
      const rows = all("tbody tr", table);
      const fold = text => text.normalize("NFKC").toLowerCase();
      box.addEventListener("input", () => {
        const parts = fold(box.value).split(/\s+/).filter(Boolean);
        let count = 0;
        for (const row of rows) {
          const text = fold(row.textContent);
          row.hidden = !parts.every(part => text.includes(part));
          count += !row.hidden;
        }
        found.textContent = parts.length ? fill(words.found, count) : "";
      });
      (table.closest(".scroll") || table).before(make("div", { class: "filter-box no-print" }, box, found));
    }
  }

  /* ---- the desk's keys: / j k Enter, g and a letter, ? ---- */

  function rooms() {
    const taken = new Map();
    for (const link of all("#nav li a")) {
      const name = link.getAttribute("href").replace(/^\/en(?=\/|$)/, "").slice(1).toLowerCase() || "home";
      const letter = [...name].find(char => /[a-z]/.test(char) && !taken.has(char));
      if (letter) taken.set(letter, link);
    }
    return taken;
  }

  function keys() {
    const letters = rooms();
    const isOff = () => store.get("keys") === "off";
    let waitsForRoom = 0;

    const help = () => {
      const list = make("dl", { class: "facts" });
      const say = (key, text) => list.append(make("dt", {}, make("kbd", { text: key })), make("dd", { text }));
      say("/", words.keySearch); say("j", words.keyNext); say("k", words.keyPrevious); say("Enter", words.keyOpen);
      for (const [letter, link] of letters) say("g " + letter, link.firstChild.textContent);
      say("?", words.keyHelp);
      const use = make("input", { type: "checkbox" });
      use.checked = !isOff();
      use.addEventListener("change", () => store.set("keys", use.checked ? "on" : "off"));
      const dialog = make("dialog", { "aria-labelledby": "keys-title" }, make("h2", { id: "keys-title", tabindex: "-1", autofocus: "", text: words.keys }), list,
        make("label", { class: "pick" }, use, make("span", { text: words.keyUse })),
        make("button", { type: "button", class: "btn", text: words.close, press: () => dialog.close() }));
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    };
    const step = by => {
      const rows = all("main table tbody tr").filter(row => !row.hidden && row.querySelector("a"));
      if (!rows.length) return;
      const at = rows.findIndex(row => row.classList.contains("at"));
      const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
      for (const row of rows) row.classList.toggle("at", row === next);
      next.querySelector("a").focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    };
    const on = {
      "/": () => { const box = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]"); if (box) { box.focus(); box.select(); } },
      j: () => step(1), k: () => step(-1), g: () => { waitsForRoom = Date.now(); }, "?": help,
    };
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (isOff() && event.key !== "?") return;
      const room = Date.now() - waitsForRoom < 1500 && letters.get(event.key);
      const act = room ? () => room.click() : on[event.key];
      waitsForRoom = 0;
      if (!act) return;
      event.preventDefault();
      act();
    });
  }

  /* Said while there is still time to save. */
  function idle() {
    const seconds = Number(words.idle);
    if (!seconds) return;
    setTimeout(() => {
      const main = document.getElementById("main");
      if (main) main.prepend(make("div", { class: "flash warn", role: "alert" }, make("p", { text: words.idleWords })));
    }, Math.max(30, seconds) * 1000);
  }

  function focusFirst() {
    const first = document.getElementById("faults") || document.getElementById("flash");
    if (first && !location.hash) first.focus();
    for (const link of all("#faults a")) {
      link.addEventListener("click", event => {
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!target) return;
        event.preventDefault();
        target.focus();
        (target.closest(".field") || target).scrollIntoView({ block: "start" });
      });
    }
  }

  copyButtons();
  guardForms();
  disclose();
  texts();
  drafts();
  filters();
  if (isDesk) keys();
  idle();
  focusFirst();
})();
