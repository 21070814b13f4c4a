// Mends a mistyped word by the list of words that the pages are written in.

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
  if (typed.length < 3 || /\d/.test(typed) || list[typed]) return true;
  const stem = typed.replace(ENDING, "");
  const inflected = stem !== typed && stem.length > 3;
  return Object.keys(list).some((word) => word.startsWith(typed) || (inflected && word.startsWith(stem)));
}

/** The word of `list` nearest to `typed`, the commoner of two as near; undefined where none is near. */
export function nearest(typed, list) {
  if (typed.length < 4) return undefined;
  let [most, found] = [typed.length < 6 ? 1 : 2, undefined];
  for (const [word, count] of Object.entries(list)) {
    const away = slips(typed, word, most);
    if (away < most || (away === most && count > (list[found] ?? 0))) [most, found] = [away, word];
  }
  return found;
}
