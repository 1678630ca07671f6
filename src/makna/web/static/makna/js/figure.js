// A Vega-Lite figure in the page's own hand: drawn without eval, in the colours of the theme, anew when that changes.

const root = document.documentElement;
const colour = (name) => {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.hidden = true;
  probe.style.color = `var(--${name})`;
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

function config() {
  const [ink, quiet, line, accent] = ["ink", "quiet", "line", "accent"].map(colour);
  const face = getComputedStyle(document.body).fontFamily;
  return {
    background: "transparent", font: face, view: { stroke: null },
    axis: { labelColor: ink, titleColor: quiet, domainColor: line, tickColor: line, gridColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 260 },
    axisQuantitative: { tickCount: 6 },
    legend: { labelColor: ink, titleColor: quiet, labelFontSize: 12, titleFontWeight: "normal" },
    text: { color: ink, fontSize: 12 }, rule: { color: quiet }, bar: { color: accent }, point: { color: accent },
  };
}

const locales = { id: { decimal: ",", thousands: ".", grouping: [3], currency: ["Rp", ""] } };

const START = 300;

/** Draw `spec` in `box`, as wide as that is, and anew whenever the theme changes; the programs come from `box.dataset.vega`. */
export async function draw(box, spec) {
  box.dataset.drawn = "begun";
  await import(box.dataset.vega);
  let view = null;
  let beside = 0;
  const fit = () => view.width(Math.max(160, box.clientWidth - beside - 2)).runAsync();
  const make = async () => {
    view?.finalize();
    view = (await window.vegaEmbed(box, { ...spec, width: START, config: config() }, {
      ast: true, actions: false, defaultStyle: false, renderer: "svg", logLevel: 1,
      tooltip: { disableDefaultStyle: true }, formatLocale: locales[root.lang],
    })).view;
    beside = box.querySelector("svg").width.baseVal.value - START;  // what labels take
    await fit();
    box.dataset.drawn = "yes";
  };
  await make();
  new ResizeObserver(() => { if (box.isConnected) fit(); }).observe(box);
  new MutationObserver(make).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", make);
}
