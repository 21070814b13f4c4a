// What may be said of recovery rates side by side. A side is {name, text, numerator, denominator, flags}.

import { katz, newcombe } from "./statistics.js";

const LEAST_COMPARED = 30; // below it no ratio is taken
const LEAST_NAMED = 500; // below it an area is not named highest or lowest

/** A number with so many decimals, as it is printed. */
export const rounded = (value, places) =>
  value
    .toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places, signDisplay: "negative" })
    .replace("-", "−");
const interval = ({ low, high }, places) => `95% interval ${rounded(low, places)} to ${rounded(high, places)}`;
const of = (name) => `${name}${name.endsWith("s") ? "’" : "’s"}`;
const rate = ({ numerator, denominator }) => numerator / denominator;
const counts = (one, other) => [one.numerator, one.denominator, other.numerator, other.denominator];

/** `a, b and c`. */
export const inWords = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

/** How many times one rate is another, in words where a word is true. */
export function times(ratio) {
  if (ratio < 1.75 || ratio > 2.1) return `${rounded(ratio, 2)} times`;
  return ratio < 2 ? "almost double" : "roughly double";
}

const comparable = ({ numerator, denominator }) => numerator > 0 && denominator >= LEAST_COMPARED;
const byRate = (a, b) => rate(a) - rate(b);

/** Two areas: the ratio of the higher to the lower, and the difference. */
function compareTwo(sides) {
  if (!sides.every(comparable)) return ["Too little is published to compare the two recovery rates."];
  const [low, high] = [...sides].sort(byRate);
  const ratio = katz(...counts(high, low));
  const apart = newcombe(...counts(high, low));
  const difference = `The difference is ${rounded(apart.difference, 1)} percentage points (${interval(apart, 1)}).`;
  if (ratio.low <= 1 || apart.low <= 0) {
    return [
      `These figures alone do not show whether ${of(high.name)} recovery rate or ${of(low.name)} is the higher: ` +
        `ratio ${rounded(ratio.ratio, 2)} (${interval(ratio, 2)}).`,
      difference,
    ];
  }
  const words = times(ratio.ratio);
  const number = words.endsWith("times") ? "" : `: ratio ${rounded(ratio.ratio, 2)}`;
  return [`${of(high.name)} recovery rate is ${words} ${of(low.name)}${number} (${interval(ratio, 2)}).`, difference];
}

/** Three areas or more: the highest and the lowest of those that may be named. */
function compareMany(sides) {
  const why = (side) => {
    if (!comparable(side)) return "too little is published";
    if (side.flags?.length) return "its figures carry a warning";
    return side.denominator < LEAST_NAMED ? `fewer than ${LEAST_NAMED} referrals` : "";
  };
  const named = sides.filter((side) => !why(side)).sort(byRate);
  const left = sides.filter(why).map((side) => `${side.name} (${why(side)})`);
  const leftOut = left.length ? [`Not named highest or lowest: ${inWords(left)}.`] : [];
  if (named.length < 2) return ["Too few of these areas can be named highest or lowest.", ...leftOut];
  const [low, high] = [named[0], named[named.length - 1]];
  const apart = newcombe(...counts(high, low));
  const excludes = apart.low > 0;
  return [
    `Of the areas shown, ${high.name} has the highest recovery rate (${high.text}) and ${low.name} the lowest ` +
      `(${low.text}): ${rounded(apart.difference, 1)} percentage points apart (${interval(apart, 1)}, ` +
      `which ${excludes ? "excludes 0" : "takes in 0"}).`,
    excludes
      ? "By chance alone the extremes of several lie further apart than two areas chosen beforehand."
      : "These figures alone do not show that the one is higher than the other.",
    ...leftOut,
  ];
}

/** The sentences on the recovery rates of these sides, the finding first; none for fewer than two. */
export function verdict(sides) {
  if (sides.length < 2) return [];
  return sides.length === 2 ? compareTwo(sides) : compareMany(sides);
}

/** What is said of areas of more than one kind; nothing of one kind. */
export function kindsApart(sides) {
  if (new Set(sides.map(({ kind }) => kind)).size < 2) return "";
  const kinds = sides.map(({ name, kind }) => `${name} (${kind})`);
  return (
    `These are not areas of one kind: ${inWords(kinds)}. Larger areas average out differences, so the spread of one ` +
    "kind says nothing of another’s."
  );
}
