// Sources: files dropped or chosen are sent in pieces; dialogs before what cannot be undone.
import { csrf, tell } from "./app.js";
import { on } from "./keys.js";

const words = document.getElementById("key-words")?.dataset ?? {};
const PIECE = 4 << 20; // a larger file comes in pieces, so that no memory fills
const BUNDLE = 6 << 20;
const MANY = 200;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});

const add = document.querySelector("[data-key=a]");
if (add) on("a", words.add, () => add.click());
if (document.querySelector("[data-key=r]")) on("r", words.review, () => document.querySelector("[data-key=r]").click());

const drop = document.getElementById("drop");
if (drop) {
  const files = document.getElementById("files");
  const folder = document.getElementById("folder");
  on("a", words.add, () => files.click());
  for (const input of [files, folder]) {
    const label = document.getElementById(`${input.id}-label`);
    input.addEventListener("focus", () => label.classList.add("focus"));
    input.addEventListener("blur", () => label.classList.remove("focus"));
    input.addEventListener("change", () => { send([...input.files].filter((file) => !hidden(file.webkitRelativePath || file.name))); input.value = ""; });
  }
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => { if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); drop.classList.add("over"); } });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const found = entries.length ? (await Promise.all(entries.map(inside))).flat() : [...event.dataTransfer.files];
    send(found);
  });
}

// An import that has ended: what waits is asked for anew, so that it stands among what came in, or can be begun again.
document.addEventListener("htmx:afterSettle", (event) => {
  const job = event.detail.elt;
  if (!drop || !job?.classList?.contains("job") || job.hasAttribute("hx-get")) return;
  htmx.ajax("GET", drop.dataset.tray, { target: "#tray", select: "#tray", swap: "outerHTML show:none" });
});

const hidden = (path) => path.split("/").some((part) => part.startsWith("."));

/** All files of a dropped file or folder. */
async function inside(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return (await Promise.all(found.map(inside))).flat();
    found.push(...some);
  }
}

/** Send files, small ones many at once, large ones piece by piece; then show what they seem to be. */
async function send(files) {
  if (!files.length) return;
  const shown = document.getElementById("sending");
  const [bar, said, stop] = ["progress", "small", "button"].map((one) => shown.querySelector(one));
  const stopping = new AbortController();
  stop.onclick = () => stopping.abort();
  shown.hidden = false;
  const of = files.reduce((sum, file) => sum + file.size, 0) || 1;
  const began = performance.now();
  let done = 0;
  const came = (bytes) => {
    done += bytes;
    bar.value = done / of;
    const mb = (n) => (n / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    said.textContent = words.sent.replace("{done}", mb(done)).replace("{of}", mb(of)).replace("{rate}", mb(done / Math.max(0.001, (performance.now() - began) / 1000)));
  };
  try {
    for (const bundle of bundles(files)) {
      if (bundle.length === 1 && bundle[0].size > PIECE) await pieces(bundle[0], came, stopping.signal);
      else {
        const form = new FormData();
        bundle.forEach((file) => form.append("file", file, file.name));
        await post(form, bundle[0].name, stopping.signal);
        came(bundle.reduce((sum, file) => sum + file.size, 0));
      }
    }
  } catch (error) {
    tell(error.name === "AbortError" ? words.stopped : error.message);
  }
  shown.hidden = true;
  htmx.ajax("GET", drop.dataset.tray, { target: "#tray", select: "#tray", swap: "outerHTML show:none" });
}

function* bundles(files) {
  let some = [], size = 0;
  for (const file of files) {
    if (file.size > PIECE) { yield [file]; continue; }
    if (some.length && (size + file.size > BUNDLE || some.length >= MANY)) { yield some; some = []; size = 0; }
    some.push(file);
    size += file.size;
  }
  if (some.length) yield some;
}

async function pieces(file, came, signal) {
  const key = crypto.randomUUID();
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = file.slice(at, at + PIECE);
    const form = new FormData();
    form.append("key", key);
    form.append("name", file.name);
    form.append("at", at);
    form.append("size", file.size);
    form.append("piece", piece, "piece");
    await post(form, file.name, signal);
    came(piece.size);
  }
}

async function post(form, name, signal) {
  const answer = await fetch(drop.dataset.upload, { method: "POST", body: form, signal, headers: { "X-CSRFToken": csrf(), Accept: "application/json" } });
  if (!answer.ok) {
    const told = answer.headers.get("Content-Type")?.includes("json") ? (await answer.json()).told : "";
    throw new Error(told || words.lost.replace("{name}", name));
  }
}
