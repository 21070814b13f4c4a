// Mends a mistyped word by the list of words that the pages are written in: a map of each to the pages that have it.

/** How many slips lie between two words: letters left out, added, swapped or changed; `most` + 1 where it is more. */
export function slips(typed, word, most) {
  if (Math.abs(typed.length - word.length) > most) return most + 1;
  let before = [];
  let last = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const same = typed[i - 1] === word[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[word.length];
}

const ENDING = /(ing|ies|ed|es|s|e|y)$/;

/** Whether a word, or one that begins so or has but another ending, is in `list`. A number is never looked up. */
export function isKnown(typed, list) {
  if (typed.length < 3 || /\d/.test(typed) || list.has(typed)) return true;
  const stem = typed.replace(ENDING, "");
  const inflected = stem !== typed && stem.length > 3;
  return [...list.keys()].some((word) => word.startsWith(typed) || (inflected && word.startsWith(stem)));
}

/** What was meant by `typed`: two words of `list` that make it up, or the nearest, the commoner of two as near; undefined
 * where none is near. */
export function nearest(typed, list) {
  if (typed.length < 4) return undefined;
  for (let at = 3; at <= typed.length - 3; at += 1) {
    const parts = [typed.slice(0, at), typed.slice(at)];
    if (parts.every((part) => list.get(part) > 0)) return parts.join(" ");
  }
  let [most, found] = [typed.length < 6 ? 1 : 2, undefined];
  for (const [word, count] of list) {
    const away = slips(typed, word, most);
    if (away < most || (away === most && count > (list.get(found) ?? -1))) [most, found] = [away, word];
  }
  return found;
}
