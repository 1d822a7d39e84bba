
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  // Light or dark: the system's choice, until the button says otherwise.
  const theme = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; showTheme(); });
  system.addEventListener("change", showTheme);
  showTheme();

  // A large page keeps all but the first of its parts compressed: part by id, as HTML that is escaped already.
  const packed = document.getElementById("pool");
  let pool = null;
  const parts = () => pool ??= (async () => {
    if (!packed) return {};
    const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(plain).text());
  })();
  const made = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };

  // What several findings share stands once in the page; a finding gets its copy when it is opened.
  const fill = async (finding) => {
    const body = finding.querySelector("[data-packed]");
    if (body) {
      const all = await parts();
      if (body.dataset.packed) body.innerHTML = all[body.dataset.packed];
      body.removeAttribute("data-packed");
    }
    for (const place of finding.querySelectorAll("[data-copy]")) {
      if (place.firstElementChild) continue;
      const own = document.getElementById(place.dataset.copy);
      const copy = own ? own.cloneNode(true) : made((await parts())[place.dataset.copy]);
      copy.removeAttribute("id");
      if (!place.firstElementChild) place.append(copy);
    }
    finding.dataset.filled = "";
  };
  const list = document.getElementById("list");
  if (list) list.addEventListener("toggle", (event) => {
    const finding = event.target.closest(".finding");
    if (event.target.parentElement === finding && event.target.open) fill(finding);
  }, true);

  // The rest of a section.
  const showMore = async (button) => {
    const kind = `${button.dataset.more}-`, all = await parts();
    for (const id of Object.keys(all)) if (id.startsWith(kind)) button.before(made(all[id]));
    button.remove();
  };
  for (const button of document.querySelectorAll("[data-more]")) {
    button.addEventListener("click", () => showMore(button));
  }

  // A link to a finding opens it; one to what is not shown yet shows it.
  const follow = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const button = document.querySelector(`[data-more="${CSS.escape(id.replace(/-[0-9]+$/, ""))}"]`);
    if (!document.getElementById(id) && button) await showMore(button);
    const target = document.getElementById(id);
    if (!target) return;
    if (target.classList.contains("finding")) {
      target.hidden = false;
      target.firstElementChild.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();

  const form = document.getElementById("filters");
  if (!form) return;
  const findings = [...list.children].map((item) => ({ item, text: "", ...item.dataset }));
  const search = document.getElementById("q"), rule = document.getElementById("rule");
  const count = document.getElementById("count");
  const wanted = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const levels = wanted("level"), confidences = wanted("confidence");
    let shown = 0;
    for (const finding of findings) {
      if (words.length && !finding.text) {
        const own = finding.item.querySelector("summary").textContent + finding.item.querySelector(".message").textContent;
        finding.text = own.toLowerCase();
      }
      const fits = levels.has(finding.level) && confidences.has(finding.confidence)
        && (!rule.value || rule.value === finding.rule) && words.every((word) => finding.text.includes(word));
      finding.item.hidden = !fits;
      shown += fits;
    }
    const all = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
    count.textContent = shown === findings.length ? all : `${shown} of ${all}`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
})();
