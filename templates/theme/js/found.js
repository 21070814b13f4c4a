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
  const parts = told.sub_results.filter(({ anchor, title }) => anchor && title !== told.meta.title);
  return element(
    "li",
    { class: "found" },
    element("a", { class: "found__title", href: `${root}${address}` }, told.meta.title),
    element("p", { class: "found__about" }, [KINDS[kind][0], told.meta.year].filter(Boolean).join(" · ")),
    element("p", { class: "found__passage" }, ...passage(kind, told)),
    parts.length > 0 &&
      element(
        "ul",
        { class: "found__parts" },
        ...parts.slice(0, MOST_PARTS).map(({ title, anchor }) =>
          element("li", {}, element("a", { href: `${root}${address}#${anchor.id}` }, title)),
        ),
      ),
  );
}

/** The address of a page of the index: that of a term is an anchor of the glossary. */
const addressOf = (url, kind) => url.slice(1).replace(kind === "term" ? /([^/]+)\/$/ : /$^/, "#$1");

/** What is shown of a page: a term's meaning, the words about those asked for, or else what the page says of itself. */
function passage(kind, { excerpt, meta, content }) {
  if (meta.summary && (kind === "term" || !excerpt.includes("<mark>"))) return [meta.summary];
  const begins = content.startsWith(excerpt.replace(/<.?mark>/g, "").slice(0, 20)) ? "" : "… ";
  return [begins, ...marked(excerpt), /[.?!]$/.test(excerpt) ? "" : " …"];
}

/** The nodes of a passage in which Pagefind marked words: its marks are the only markup that is heeded. */
export function marked(passage) {
  return passage.split(/<mark>(.*?)<\/mark>/).map((text, place) => {
    const words = text.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
    if (place % 2 === 0) return words;
    const [, word, stop] = words.match(/^(.*?)([.,;:!?)”’]*)$/); // Pagefind marks from space to space
    const node = document.createDocumentFragment();
    node.append(element("mark", {}, word), stop);
    return node;
  });
}
