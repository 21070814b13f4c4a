// What a search has found, as elements.

import { KINDS } from "./answers.js";
import { element } from "./element.js";

const MOST_PARTS = 3;

/** `1 page`, `12 pages`. */
export const counted = (number, one, many = `${one}s`) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;

/** An area, as a line of a list. */
export function areaItem({ area, why }, root) {
  const about = [area.type, area.years, area.now].filter(Boolean).join(" · ");
  return element(
    "li",
    { class: "found" },
    element("a", { class: "found__title", href: `${root}${area.address}` }, area.name),
    element("p", { class: "found__about" }, [about, why].filter(Boolean).join(" · ")),
  );
}

/** A page, from what Pagefind tells of it. */
export function pageItem(kind, told, root) {
  const address = addressOf(told.raw_url, kind);
  const passage = told.excerpt.includes("<mark>") || !told.meta.summary ? told.excerpt : escaped(told.meta.summary);
  const parts = kind === "term" ? [] : told.sub_results.filter((part) => part.anchor).slice(0, MOST_PARTS);
  return element(
    "li",
    { class: "found" },
    element("a", { class: "found__title", href: `${root}${address}` }, told.meta.title),
    element("p", { class: "found__about" }, [KINDS[kind][0], told.meta.year].filter(Boolean).join(" · ")),
    element("p", { class: "found__passage" }, ...marked(passage)),
    parts.length &&
      element(
        "ul",
        { class: "found__parts" },
        ...parts.map(({ title, anchor }) =>
          element("li", {}, element("a", { href: `${root}${address}#${anchor.id}` }, title)),
        ),
      ),
  );
}

/** The address of a page of the index: that of a term is an anchor of the glossary. */
const addressOf = (url, kind) => url.slice(1).replace(kind === "term" ? /([^/]+)\/$/ : /$^/, "#$1");

const escaped = (text) => text.replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** The nodes of a passage in which Pagefind marked words: its marks are the only markup that is heeded. */
export function marked(passage) {
  return passage.split(/<mark>(.*?)<\/mark>/).map((text, place) => {
    const words = text.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
    return place % 2 ? element("mark", {}, words) : words;
  });
}
