// What is shown of the areas compared: what may be said of them, their rates as a picture, every figure as a table.

import { element } from "./element.js";
import { intervals } from "./intervals.js";
import { kindsApart, rounded, verdict } from "./verdict.js";

const ABSENT = { text: "[x]", why: "not in the figures of the year" };
const READING =
  "Under each rate is its 95% interval. Areas whose intervals overlap may still differ. Below England counts are " +
  "rounded to 5.";

const items = (texts) => texts.map((text) => element("li", {}, text));

/** A figure and, beneath it, its interval, how it stands to England, and its rank. */
function cell({ text, low, high, verdict: judged, rank, of, not_ranked: unranked }, unit) {
  const beneath = [
    low == null ? "" : `${rounded(low, 1)} to ${rounded(high, 1)}${unit === "percent" ? "%" : ""}`,
    judged === "similar" ? "not clearly different from England" : judged && `${judged} than England`,
    rank ? `rank ${rank} of ${of}` : unranked && "not ranked",
  ].filter(Boolean);
  return element(
    "td",
    { class: text.startsWith("[") ? "mark" : "num" },
    element("b", {}, text),
    ...beneath.map((line) => element("small", {}, line)),
  );
}

/** The table, and the notes on its marks and warnings. */
function table(columns, metrics, year) {
  const rows = metrics.filter(({ name }) => columns.some(({ figures }) => figures.metrics[name]));
  const noted = new Set();
  const body = rows.map(({ name, title, base, unit }) => {
    const cells = columns.map((column) => {
      const figure = column.figures.metrics[name] ?? ABSENT;
      const { text, why, flags } = figure;
      flags?.forEach((flag) => noted.add(`${column.name}: ${flag}`));
      if (why) noted.add(`${text} ${why}`);
      return cell(figure, unit);
    });
    return element("tr", {}, element("th", { scope: "row" }, title, base && element("small", {}, base)), ...cells);
  });
  const head = columns.map(({ name, link, about }) =>
    element(
      "th",
      { scope: "col" },
      link ? element("a", { href: link }, name) : name,
      about && element("small", {}, about),
    ),
  );
  const caption = `The figures side by side, ${year}`;
  const whole = element(
    "table",
    { class: "data" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Metric"), ...head)),
    element("tbody", {}, ...body),
  );
  return [
    element("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": caption }, whole),
    element("ul", { class: "comparison__notes" }, ...items([...noted, READING])),
  ];
}

/** The parts of a comparison. A side is {name, figures, kind, link, about}; `onRate` is told of the rate chosen. */
export function comparison(sides, { metrics, england, year, rate }, onRate) {
  const [finding, ...more] = verdict(sides.map(({ name, figures }) => ({ name, ...figures.metrics.recovery_rate })));
  const base = metrics.find(({ name }) => name === "recovery_rate")?.base;
  const columns = england ? [...sides, { figures: england, name: "England" }] : sides;
  return [
    ...(finding ? [element("h2", {}, finding)] : []),
    ...(finding && base ? [element("p", { class: "base" }, `Recovery rate: ${base}`)] : []),
    ...[...more, kindsApart(sides)].filter(Boolean).map((text) => element("p", {}, text)),
    ...(sides.length ? intervals(sides, england, metrics, rate, onRate) : []),
    ...(sides.length ? table(columns, metrics, year) : []),
  ];
}
