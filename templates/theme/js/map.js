// Moves about a hex map by keyboard and says what a hexagon is. On a touch screen the first tap says it, the second follows.

import { element } from "./element.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const centre = (hex) => {
  const { left, right, top, bottom } = hex.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
};

/** The hexagon next to `hex` in a direction, nearest to the `line` that the walk keeps to; none at the edge. */
function neighbour(hexes, hex, [right, down], line) {
  const [x, y] = centre(hex);
  let best;
  for (const other of hexes) {
    const [u, v] = centre(other);
    const along = (u - x) * right + (v - y) * down;
    const aside = Math.abs((u - x) * down + (v - y) * right);
    if (other === hex || along < 1 || aside > along * 1.5) continue;
    const astray = Math.abs((u - line[0]) * down + (v - line[1]) * right);
    const cost = along + aside + astray / 2;
    if (!best || cost < best.cost) best = { other, cost };
  }
  return best?.other;
}

function walk(svg, map) {
  const hexes = [...svg.querySelectorAll("a.hex")];
  const readout = map.querySelector(".hexmap__readout");
  const legends = [...map.querySelectorAll(".hexmap__legend [data-band]")];
  const hint = readout?.textContent ?? "";
  if (!hexes.length) return;
  let stop = hexes[0];
  let line;
  let ring;
  let tapped;
  let touched = false;

  const rest = (hex) => {
    stop.setAttribute("tabindex", "-1");
    stop = hex;
    stop.setAttribute("tabindex", "0");
  };

  /** Say what `hex` is, mark its band in the legend and ring it, above its neighbours; nothing for none. */
  const show = (hex) => {
    if (readout) readout.textContent = hex?.getAttribute("aria-label") ?? hint;
    for (const entry of legends) entry.toggleAttribute("data-current", entry.dataset.band === hex?.dataset.band);
    ring?.remove();
    const shape = hex?.querySelector("polygon, path");
    if (!shape) return;
    ring = shape.cloneNode();
    ring.setAttribute("class", "hexmap__ring");
    if (hex.hasAttribute("transform")) ring.setAttribute("transform", hex.getAttribute("transform"));
    hex.parentNode.append(ring);
  };
  const showFocused = () => show(tapped ?? hexes.find((hex) => hex === document.activeElement));

  /** Say what was tapped until something else is, with a way to its page that is easier to hit. */
  const tap = (hex) => {
    tapped = hex;
    show(hex);
    const way = hex?.getAttribute("href");
    if (way && readout) readout.append(" ", element("a", { href: way }, "Go to its page"));
  };

  hexes.forEach((hex) => hex.setAttribute("tabindex", hex === stop ? "0" : "-1"));
  // Not on the SVG: one that listens for the focus becomes a stop of its own in Chromium.
  const around = svg.parentNode;
  around.addEventListener("focusin", ({ target }) => {
    if (!hexes.includes(target)) return;
    rest(target);
    show(target);
  });
  around.addEventListener("focusout", ({ target }) => !tapped && hexes.includes(target) && show());
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    touched = pointerType === "touch";
    if (tapped && !(touched && (svg.contains(target) || readout?.contains(target)))) tap();
  });
  svg.addEventListener("click", (event) => {
    const hex = event.target.closest("a.hex");
    if (!touched || !hex || hex === tapped) return;
    event.preventDefault();
    rest(hex);
    tap(hex);
  });
  svg.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const hex = target.closest("a.hex");
    if (hex) show(hex);
    else showFocused();
  });
  svg.addEventListener("pointerleave", ({ pointerType }) => pointerType === "touch" || showFocused());
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    let to;
    if (event.key === "Home") to = hexes[0];
    else if (event.key === "End") to = hexes[hexes.length - 1];
    else if (!way) return;
    event.preventDefault();
    if (way) {
      const [x, y] = centre(stop);
      if (line?.from !== stop || line.across !== Boolean(way[0])) line = { at: [x, y] };
      to = neighbour(hexes, stop, way, line.at);
    }
    if (!to) return;
    to.focus();
    if (way) line = { at: line.at, from: to, across: Boolean(way[0]) };
  });
}

for (const map of document.querySelectorAll(".hexmap")) {
  map.querySelector(".hexmap__readout")?.setAttribute("aria-live", "off"); // the link itself is read out
  for (const svg of map.querySelectorAll("svg")) walk(svg, map);
}
