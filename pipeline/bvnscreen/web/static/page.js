// Everything works without this: it adds keys, dropped files, and removal of a note before sending.
"use strict";
const one = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];

// -- evidence: a link shows its words within the pane of notes, without moving the criteria away
function show(target) {
  const pane = target.closest(".pane");
  every(".now").forEach((e) => e.classList.remove("now"));
  target.classList.add("now");
  target.focus({ preventScroll: true });
  if (pane && pane.scrollHeight > pane.clientHeight + 4) {
    const box = pane.getBoundingClientRect();
    const at = target.getBoundingClientRect();
    pane.scrollTop += at.top - box.top - box.height / 3;
    if (box.top > innerHeight * 0.7 || box.bottom < innerHeight * 0.3) pane.scrollIntoView({ block: "start" });
  } else {
    target.scrollIntoView({ block: "center" });
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  every(":scope > details.panel", target).forEach((d) => { d.open = true; });
  for (let d = target.closest("details:not([open])"); d; d = d.parentElement.closest("details:not([open])")) d.open = true;
  if (target.matches("mark, .criterion")) {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    show(target);
  }
});

document.addEventListener("keydown", (event) => {
  const keys = one("#keys");
  if (!keys || !keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const marks = every("mark[id]").filter((m) => m.getClientRects().length);
  const at = marks.indexOf(document.activeElement);
  if ((event.key === "j" || event.key === "k") && marks.length) {
    const from = at < 0 ? marks.indexOf(one("mark.now")) : at;
    const step = event.key === "j" ? from + 1 : from < 0 ? marks.length - 1 : from - 1;
    show(marks[(step + marks.length) % marks.length]);
    event.preventDefault();
  } else if (event.key === "b" && at >= 0) {
    let next = marks[at].nextElementSibling;
    while (next && !next.matches("a.back") && !next.matches("mark[id]")) next = next.nextElementSibling;
    if (next && next.matches("a.back")) next.click();
    event.preventDefault();
  }
});

// -- the form
const slots = one("#slots");
const files = one("#files");

function number() {
  every(".slot").forEach((slot, i) => {
    one(".slot-number", slot).textContent = String(i + 1);
    one(".remove", slot).hidden = every(".slot").length < 2;
  });
}

if (slots) {
  one("#add").addEventListener("click", (event) => {
    event.preventDefault();
    const last = every(".slot").pop();
    const fresh = last.cloneNode(true);
    every("input, textarea", fresh).forEach((e) => { e.value = ""; });
    one("select", fresh).selectedIndex = 0;
    one("select option", fresh).textContent = "guess from the text";
    every(".guess", fresh).forEach((e) => e.remove());
    last.after(fresh);
    number();
    one("textarea", fresh).focus();
  });
  slots.addEventListener("click", (event) => {
    if (!event.target.matches(".remove")) return;
    event.target.closest(".slot").remove();
    number();
    one(".slot textarea").focus();
  });
  number();

  const chosen = () => {
    const names = [...files.files].map((f) => f.name);
    one("#chosen").textContent = names.length ? names.length + (names.length > 1 ? " files: " : " file: ") + names.join(", ") : "";
  };
  files.addEventListener("change", chosen);
  const form = one("#chart-form");
  const over = (on) => (event) => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("dropping", on);
    if (event.type === "drop") {
      const all = new DataTransfer();
      [...files.files, ...event.dataTransfer.files].forEach((f) => all.items.add(f));
      files.files = all.files;
      chosen();
    }
  };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", over(false));
}

const print = one("#print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// On paper everything is open.
addEventListener("beforeprint", () => every(".panel, .review details, .changes").forEach((d) => { d.open = true; }));

// -- the index of a batch
const search = one("#search");
if (search) {
  search.parentElement.hidden = false;
  const rows = every(".index tbody tr");
  const count = () => {
    one("#found").textContent = rows.filter((r) => r.getClientRects().length).length + " of " + rows.length + " shown";
  };
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase();
    rows.forEach((r) => { r.hidden = !r.textContent.toLowerCase().includes(words); });
    count();
  });
  one("#filters").addEventListener("change", count);
  one("#filters").addEventListener("submit", (event) => event.preventDefault());
  count();
}
