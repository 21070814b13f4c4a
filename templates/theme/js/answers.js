// What answers a query: the areas by their names and codes, and the pages by their words.

import { fetchOnce, readIndex, search, words } from "./search.js";
import { isKnown, nearest } from "./spelling.js";

const COMMON = 12; // a word on so many pages that are no areas' tells no area

/** The kinds of pages, in the order in which they are offered, one and several. */
export const KINDS = {
  report: ["Report", "Reports"],
  post: ["Post", "Posts"],
  trend: ["Trend", "Trends"],
  group: ["Group", "Groups"],
  method: ["Method", "Methods"],
  term: ["Glossary", "Glossary"],
  area: ["Area", "Areas"],
};

const isCode = (text) => /\d/.test(text) && !/\s/.test(text);

let pagefind;

/** Pagefind, fetched when it is first asked; again only after a failure. */
function readPagefind(root) {
  pagefind ??= import(new URL("pagefind/pagefind.js", new URL(root, document.baseURI)))
    .then(async (found) => {
      await found.options({ excerptLength: 28, ranking: { metaWeights: { title: 8, summary: 1 } } });
      return found;
    })
    .catch((error) => {
      pagefind = undefined;
      throw error;
    });
  return pagefind;
}

/** What answers `text`, as {found, near, pages, instead}: areas, whether they are only near it, pages, and the text that
 * was searched for in its place where a word of it is mistyped. */
export async function answer(text, root) {
  const [index, list, titles, found] = await Promise.all([
    readIndex(`${root}areas/finder.json`),
    fetchOnce(`${root}search/words.json`, (list) => new Map(Object.entries(list))),
    fetchOnce(`${root}search/pages.json`),
    readPagefind(root),
  ]);
  const typed = words(text);
  const areas = findAreas(text, typed, index, list);
  const unknown = typed.filter((word) => !isKnown(word, list));
  const mended = new Map(unknown.map((word) => [word, nearest(word, list)]));
  const exactly = areas.found.length > 0 && !areas.near;
  if (areas.near && !unknown.length) areas.found = []; // the words are words, and mean what they say
  if (unknown.length && (exactly || [...mended.values()].includes(undefined))) {
    return { ...areas, pages: [], instead: "" };
  }
  const instead = unknown.length ? typed.map((word) => mended.get(word) ?? word).join(" ") : "";
  const pages = await findPages(instead || text, found, titles);
  const answered = exactly && isCode(text); // by the area's own name: its page need not be named twice
  return { ...areas, pages: answered ? pages.filter(({ kind }) => kind !== "area") : pages, instead };
}

/** The areas for the whole text or, where none is called so, for those of its words that are not everywhere. */
function findAreas(text, typed, index, list) {
  const telling = typed.filter((word) => (word.length > 2 || /\d/.test(word)) && (list.get(word) ?? 0) < COMMON);
  if (!telling.length) return { found: [], near: false };
  const whole = search(index, text);
  const part = telling.length < typed.length && (whole.near || !whole.found.length) && search(index, telling.join(" "));
  return part && part.found.length && !part.near ? part : whole;
}

/** The pages as {kind, data}, best first: those called just so or of just that year, then the others, then the areas. */
async function findPages(text, found, titles) {
  const same = (name) => words(name).join(" ") === words(text).join(" ");
  const { results } = await found.search(isCode(text) ? `"${text}"` : text); // a code is not the beginning of another
  return results
    .map(({ id, data }) => {
      const [kind, ...names] = titles[id] ?? ["area"];
      return { kind, data, order: kind === "area" ? 2 : names.some(same) ? 0 : 1 };
    })
    .sort((a, b) => a.order - b.order);
}
