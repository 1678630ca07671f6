// The list of sources: a filter, and folded away where there is no room.
const list = document.querySelector("details.sources");
const wide = matchMedia("(min-width: 1100px)");
const fit = () => { list.open = wide.matches; };
fit();
wide.addEventListener("change", fit);

list.addEventListener("input", (event) => {
  if (event.target.id !== "source-filter") return;
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const line of list.querySelectorAll("li")) line.hidden = !line.textContent.toLocaleLowerCase().includes(wanted);
});
list.addEventListener("htmx:afterSettle", () => {
  const here = list.querySelector("[aria-current]");
  if (here) list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
});
