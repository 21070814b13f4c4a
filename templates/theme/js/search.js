// The search for areas, forgiving of how people type.

const NOISE = new Set("nhs ccg icb integrated care board stp foundation trust and the of".split(" "));

/** The words of a text, without case, accents and punctuation. */
export function words(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’.]/g, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/\bsaint\b/g, "st")
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** The words that tell areas apart; all of them where nothing else is left. */
function telling(all) {
  const kept = all.filter((word) => !NOISE.has(word));
  return kept.length ? kept : all;
}

/** Whether `typed`, of five letters or more, is one slip away from how `word` begins. */
export function nearly(typed, word) {
  if (typed.length < 5) return false;
  let same = 0;
  while (same < typed.length && typed[same] === word[same]) same += 1;
  const rest = typed.slice(same);
  return [
    [rest.slice(1), same + 1], // another letter
    [rest.slice(1), same], // a letter too many
    [rest, same + 1], // a letter left out
    [(rest[1] ?? "") + rest[0] + rest.slice(2), same], // two letters swapped
  ].some(([tail, at]) => word.startsWith(tail, at));
}

const begins = (typed, word) => word.startsWith(typed);
const either = (typed, word) => begins(typed, word) || nearly(typed, word);
const holds = (query, found, matches) => query.every((typed) => found.some((word) => matches(typed, word)));

const fetched = new Map();

/** The JSON at `address`, made ready by `prepare`: fetched once, and again only after a failure. */
export function fetchOnce(address, prepare = (found) => found) {
  if (!fetched.has(address)) {
    const answer = fetch(address)
      .then((found) => (found.ok ? found.json() : Promise.reject(new Error(found.status))))
      .then(prepare);
    answer.catch(() => fetched.delete(address));
    fetched.set(address, answer);
  }
  return fetched.get(address);
}

/** The list of areas at `address`, ready for searching. */
export const readIndex = (address) => fetchOnce(address, (areas) => areas.map(prepareArea));

function prepareArea(area) {
  const all = words(area.name);
  const name = telling(all);
  const prepared = (names) => (names ?? []).map((text) => ({ text, words: words(text) }));
  return {
    area,
    all,
    key: name.join(""),
    initials: name.map((word) => word[0]).join(""),
    codes: (area.codes ?? []).map((code) => code.toLowerCase()),
    councils: prepared(area.councils),
    former: prepared(area.former),
  };
}

/** How an entry answers a query: [rank, why], the lower the better, or undefined. */
function match(entry, query, key, matches) {
  const code = entry.codes.find((own) => own === key);
  if (code) return [0, `Code ${code.toUpperCase()}`];
  if (entry.key === key) return [1, ""];
  if (entry.key.startsWith(key)) return [2, ""];
  if (holds(query, entry.all, matches)) return [3, ""];
  if (query.length === 1 && key.length > 2 && entry.initials.startsWith(key)) return [4, ""];
  const council = entry.councils.find((one) => holds(query, one.words, matches));
  if (council) return [5, `Council area: ${council.text}, in whole or in part`];
  const former = entry.former.find((one) => holds(query, one.words, matches));
  if (former) return [6, `Formerly ${former.text}`];
  const begun = key.length > 1 && /\d/.test(key) && entry.codes.find((own) => own.startsWith(key));
  if (begun) return [7, `Code ${begun.toUpperCase()}`];
  const everything = [entry, ...entry.councils, ...entry.former].flatMap((one) => one.all ?? one.words);
  return holds(query, everything, matches) ? [8, ""] : undefined;
}

/** The areas that answer `text`, best first, as {area, why}, and whether they are only near it. */
export function search(index, text) {
  const query = telling(words(text));
  const key = query.join("");
  if (!key) return { found: [], near: false };
  for (const matches of [begins, either]) {
    const found = index
      .map((entry) => [entry, match(entry, query, key, matches)])
      .filter(([, how]) => how)
      .map(([{ area, key: name }, [rank, why]]) => ({ area, why, order: [rank, area.now ? 1 : 0, name.length] }))
      .sort(
        (a, b) =>
          a.order.reduce((sum, part, place) => sum || part - b.order[place], 0) ||
          a.area.name.localeCompare(b.area.name, "en"),
      );
    if (found.length) return { found, near: matches === either };
  }
  return { found: [], near: true };
}
