// Where the marks of a chart are, which is nearest to a point, and which is next. Lengths are the drawing's own.

const OF_A_MAP = ".mark-symbol.layer_0_marks > *"; // hexagons are the lowest layer of their drawings, points are not

/** The marks of `svg` in reading order, made the options of a list: `{node, words, box, boxes, group}`.
 *
 * A group is a series, where the build numbered them, or else a row of bars. Two marks of the same words in a row, such
 * as a bar and the outline round it, are one; repeated in another row they say nothing new. */
export function marksOf(svg, id) {
  const frame = svg.getBoundingClientRect();
  const scale = frame.width / svg.viewBox.baseVal.width;
  const byWords = new Map();
  for (const node of svg.querySelectorAll("[aria-label]:not([aria-label=''])")) {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    const box = [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top].map((one) => one / scale);
    const words = node.getAttribute("aria-label");
    const before = byWords.get(words);
    if (!before) byWords.set(words, { node, words, box, boxes: [box] });
    else if (before.box[1] < box[3] && box[1] < before.box[3]) byWords.set(words, { node, words, box, boxes: [...before.boxes, box] });
    if (before) (byWords.get(words).node === node ? before.node : node).removeAttribute("aria-label");
  }
  const marks = [...byWords.values()];
  const inRows = marks.some(({ node }) => node.matches(`.mark-rect > *, ${OF_A_MAP}`));
  marks.sort((one, other) => (inRows ? one.box[1] - other.box[1] : one.box[0] - other.box[0]));
  let row = -1;
  let end = -Infinity;
  for (const mark of marks) {
    const [, top, , bottom] = mark.box;
    if (inRows && (top + bottom) / 2 > end) {
      row += 1;
      end = bottom;
    }
    mark.group = inRows ? row : Number(mark.node.dataset.s ?? 0);
  }
  marks.sort((one, other) => one.group - other.group || one.box[0] - other.box[0] || other.box[1] - one.box[1]);
  const isMap = Boolean(svg.querySelector(OF_A_MAP));
  marks.forEach((mark, number) => {
    mark.inRows = inRows;
    mark.node.id = `${id}-${number}`;
    mark.node.setAttribute("role", "option");
    if (!isMap) mark.node.setAttribute("data-group", mark.group);
  });
  for (const line of svg.querySelectorAll("[data-s]")) line.setAttribute("data-group", line.dataset.s);
  return marks;
}

const outside = (place, low, high) => Math.max(low - place, place - high, 0);

/** The mark at a point or the nearest within `reach`; the smaller of two that lie there. Bars reach further sideways. */
export function nearest(marks, x, y, reach) {
  let best;
  for (const mark of marks) {
    for (const [left, top, right, bottom] of mark.boxes) {
      const across = outside(x, left, right) * (mark.inRows ? 0.2 : 1);
      const away = Math.hypot(across, outside(y, top, bottom));
      const centre = Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
      const cost = away + centre / 1000;
      if (away <= reach && (!best || cost < best.cost)) best = { mark, cost };
    }
  }
  return best?.mark;
}

/** The mark that a key leads to from another; none where it leads nowhere or means nothing. */
export function step(marks, from, key) {
  const number = marks.indexOf(from);
  if (key === "Home") return marks[0];
  if (key === "End") return marks[marks.length - 1];
  if (key === "ArrowLeft") return marks[Math.max(number - 1, 0)];
  if (key === "ArrowRight") return marks[Math.min(number + 1, marks.length - 1)];
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const centre = ({ box: [left, top, right, bottom] }) => [(left + right) / 2, (top + bottom) / 2];
  const [x, y] = centre(from);
  const several = marks.some(({ group }) => group !== from.group);
  let best = { mark: from, cost: Infinity };
  for (const mark of marks) {
    const [u, v] = centre(mark);
    const down = (v - y) * (key === "ArrowUp" ? -1 : 1);
    if (down <= 0.5 || (several && mark.group === from.group)) continue;
    const cost = from.inRows ? down * 8 + Math.abs(u - x) : down + Math.abs(u - x) * 8;
    if (cost < best.cost) best = { mark, cost };
  }
  return best.mark;
}
