// The codebook as the code box offers it, and the stylesheet that gives each code its colour.
export const book = { codes: JSON.parse(document.getElementById("codes").textContent) };

/** The codes as they are now; `colours` names their stylesheet, which is fetched where it is another. */
export function learn(codes, colours) {
  book.codes = codes;
  const old = document.getElementById("code-colours");
  if (old.href.endsWith(`?is=${colours}`)) return;
  const link = old.cloneNode();
  link.href = `${old.href.split("?")[0]}?is=${colours}`;
  link.addEventListener("load", () => old.remove());
  old.after(link);
}

export const named = (id) => book.codes.find((code) => code.id === Number(id));
const used = () => JSON.parse(sessionStorage.getItem("makna-used") ?? "[]");

/** Remember that a code was used; the last one is one key away. */
export const use = (id) => sessionStorage.setItem("makna-used", JSON.stringify([id, ...used().filter((one) => one !== id)].slice(0, 12)));
export const last = () => used().map(named).find(Boolean) ?? null;

/** Codes that fit what was typed: names that begin so, then words in them that do, then names that hold it. */
export function fitting(typed, most = 9) {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) {
    const recent = used().map(named).filter(Boolean);
    return [...recent, ...book.codes.filter((code) => !recent.includes(code))].slice(0, most);
  }
  const rank = (code) => {
    const name = code.name.toLocaleLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 2;
    if (name.includes(wanted)) return 3;
    if (wanted.length < 3) return 5;
    let at = -1;
    return [...wanted].every((letter) => (at = name.indexOf(letter, at + 1)) >= 0) ? 4 : 5;
  };
  return book.codes.map((code) => [rank(code), code]).filter(([n]) => n < 5)
    .sort(([n, one], [m, other]) => n - m || one.name.localeCompare(other.name)).slice(0, most).map(([, code]) => code);
}

export const exact = (typed) => book.codes.find((code) => code.name.toLocaleLowerCase() === typed.trim().replace(/\s+/g, " ").toLocaleLowerCase());
