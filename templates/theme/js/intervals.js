// Rates side by side as a picture: a dot for each, its interval as a line, England as a rule.

import { element } from "./element.js";
import { rounded } from "./verdict.js";

const ROW = 56; // pixels from one area to the next
const TOP = 30;
const EDGE = 6; // the radius of a dot, so that none is cut off

const draw = (name, attributes, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach((pair) => node.setAttribute(...pair));
  node.append(...children);
  return node;
};

const value = ({ numerator, denominator, text }) => (denominator ? (100 * numerator) / denominator : parseFloat(text));
const range = ({ low, high }) => `${rounded(low, 1)} to ${rounded(high, 1)}%`;

/** The scale from the lowest interval to the highest, in whole tens, with a stroke every ten or twenty. */
function scaleOf(numbers, width) {
  const first = Math.max(0, Math.floor(Math.min(...numbers) / 10) * 10);
  const last = Math.min(100, Math.max(first + 10, Math.ceil(Math.max(...numbers) / 10) * 10));
  const step = (last - first) / 10 > width / 60 ? 20 : last - first <= 20 ? 5 : 10;
  const at = (number) => EDGE + ((number - first) / (last - first)) * (width - 2 * EDGE);
  const ticks = [];
  for (let tick = first; tick <= last; tick += step) ticks.push(tick);
  return { at, ticks };
}

const inside = (place, words, width) => Math.min(Math.max(place, words.length * 3.6), width - words.length * 3.6);

function picture(sides, england, title, width) {
  const known = sides.filter(({ figure }) => figure.low != null);
  const shown = england && Number.isFinite(value(england)) ? value(england) : undefined;
  const numbers = known.flatMap(({ figure }) => [figure.low, figure.high, value(figure)]);
  const { at, ticks } = scaleOf([...numbers, ...(shown === undefined ? [] : [shown])], width);
  const foot = TOP + sides.length * ROW;
  const words = sides.map(({ name, figure }) =>
    figure.low == null ? `${name} ${figure.text}` : `${name} ${figure.text}, interval ${range(figure)}`,
  );
  const label = `${title}: ${[...words, ...(england ? [`England ${england.text}`] : [])].join("; ")}.`;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${foot + 24}`, width, height: foot + 24, role: "img", "aria-label": label });
  ticks.forEach((tick) => {
    const anchor = tick === ticks[0] ? "start" : tick === ticks[ticks.length - 1] ? "end" : "middle";
    const x = anchor === "middle" ? at(tick) : anchor === "start" ? 0 : width;
    svg.append(
      draw("path", { class: "beside__grid", d: `M${at(tick)} ${TOP}V${foot}` }),
      draw("text", { class: "beside__tick", x, y: foot + 18, "text-anchor": anchor }, `${tick}%`),
    );
  });
  if (shown !== undefined) {
    const text = `England ${england.text}`;
    svg.append(
      draw("path", { class: "beside__england", d: `M${at(shown)} ${TOP - 8}V${foot}` }),
      draw("text", { class: "beside__tick", x: inside(at(shown), text, width), y: 14, "text-anchor": "middle" }, text),
    );
  }
  sides.forEach(({ name, figure }, row) => {
    const y = TOP + row * ROW;
    svg.append(
      draw("text", { class: "beside__name", x: 0, y: y + 14 }, name),
      draw("text", { class: "beside__value", x: width, y: y + 14, "text-anchor": "end" }, figure.text),
    );
    if (figure.low == null) return;
    svg.append(
      draw("path", { class: "beside__interval", d: `M${at(figure.low)} ${y + 29}H${at(figure.high)}` }),
      draw("circle", { class: "beside__dot", cx: at(value(figure)), cy: y + 29, r: EDGE }),
    );
  });
  return svg;
}

/** A figure of the sides' rates, with a choice of which. `sides` are {name, figures}; empty where none has an interval. */
export function intervals(sides, england, metrics, chosen, onChoice) {
  const rates = metrics.filter(({ name }) => sides.some(({ figures }) => figures.metrics[name]?.low != null));
  if (!rates.length) return [];
  const select = element("select", { id: "compare-rate" });
  select.append(...rates.map(({ name, title }) => element("option", { value: name }, title)));
  select.value = rates.some(({ name }) => name === chosen) ? chosen : rates[0].name;
  const base = element("p", { class: "base" });
  const room = element("div", { class: "beside__picture" });
  const figure = element(
    "figure",
    { class: "beside", "aria-label": "The rates side by side" },
    element("figcaption", {}, element("label", { for: select.id }, "Rate shown"), select, base),
    room,
    element("p", { class: "note" }, "The dot is the rate, the line through it its 95% interval."),
  );
  const show = () => {
    const { name, title, base: words } = rates.find((rate) => rate.name === select.value);
    const width = Math.round(room.clientWidth) || 320;
    const rows = sides.map((side) => ({ name: side.name, figure: side.figures.metrics[name] ?? { text: "[x]" } }));
    base.textContent = words[0].toUpperCase() + words.slice(1);
    room.replaceChildren(picture(rows, england?.metrics[name], title, width));
  };
  select.addEventListener("change", () => {
    onChoice(select.value, select.selectedOptions[0].text);
    show();
  });
  let before = 0;
  new ResizeObserver(() => {
    if (room.clientWidth === before) return;
    before = room.clientWidth;
    show();
  }).observe(room);
  return [figure];
}
