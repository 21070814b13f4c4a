// Intervals for proportions, x1 of n1 and x2 of n2, as on the methods page.

const Z = 1.959963984540054; // of 95%

/** The Wilson score interval of x of n, as two proportions. */
export function wilson(x, n) {
  const middle = 2 * x + Z * Z;
  const reach = Z * Math.sqrt(Z * Z + 4 * x * (1 - x / n));
  return [middle - reach, middle + reach].map((end) => end / (2 * (n + Z * Z)));
}

/** The ratio of the first to the second with Katz's log interval; both counts must be above nought. */
export function katz(x1, n1, x2, n2) {
  const ratio = x1 / n1 / (x2 / n2);
  const spread = Math.exp(Z * Math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2));
  return { ratio, low: ratio / spread, high: ratio * spread };
}

/** The first less the second in percentage points, with Newcombe's interval (his method 10). */
export function newcombe(x1, n1, x2, n2) {
  const [p1, p2] = [x1 / n1, x2 / n2];
  const [[l1, u1], [l2, u2]] = [wilson(x1, n1), wilson(x2, n2)];
  const difference = p1 - p2;
  return {
    difference: 100 * difference,
    low: 100 * (difference - Math.hypot(p1 - l1, u2 - p2)),
    high: 100 * (difference + Math.hypot(u1 - p1, p2 - l2)),
  };
}
