// The marks of one chart: drawn in place of its image, read by pointer, touch and keyboard.

import { element } from "./element.js";
import { marksOf, nearest, step } from "./places.js";

const REACH = 40;
const styles = new Set();

/** The drawing that the image shows, from the browser's own store, fit to stand in a page. */
async function drawing(image) {
  if (!image.complete) await new Promise((done, failed) => Object.assign(image, { onload: done, onerror: failed }));
  const answer = await fetch(image.currentSrc, { cache: "force-cache" });
  const text = (await answer.text()).replace(/<style>([^<]*)<\/style>/, (_, rules) => adopt(rules));
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (!answer.ok || svg.nodeName !== "svg") throw new TypeError("no drawing");
  for (const part of svg.querySelectorAll("title, desc, script")) part.remove();
  for (const part of [svg, ...svg.querySelectorAll("*")]) {
    for (const name of ["style", "role", "aria-roledescription", "aria-labelledby"]) part.removeAttribute(name);
  }
  for (const name of ["width", "height"]) svg.removeAttribute(name);
  for (const part of [svg, ...svg.querySelectorAll("g")]) part.setAttribute("role", "presentation"); // between list and option
  return document.importNode(svg, true);
}

/** Take on a drawing's rules for dark screens, which the page's policy would not let it keep; nothing is left of them. */
function adopt(rules) {
  if (styles.has(rules)) return "";
  styles.add(rules);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return "";
}

/** Put the drawing in the place of `image`, its marks into `list`. Where it cannot, then or for another width: `giveUp`. */
export async function respond(image, list, giveUp) {
  const picture = image.parentNode;
  const tip = element("span", { class: "chart__tip", "aria-hidden": "true" });
  let svg;
  let marks = [];
  let chosen; // by key or tap: it stays
  let shown; // under the pointer, or chosen
  let ring;
  let source;

  const show = (mark) => {
    if (mark === shown) return;
    shown = mark;
    ring?.remove();
    tip.remove();
    for (const part of svg.querySelectorAll("[data-group]")) {
      part.toggleAttribute("data-off", Boolean(mark) && part.dataset.group !== String(mark.group));
    }
    if (!mark) return;
    ring = mark.node.cloneNode();
    for (const { name } of [...ring.attributes]) if (name !== "d" && name !== "transform") ring.removeAttribute(name);
    ring.setAttribute("class", "chart__ring");
    mark.node.parentNode.append(ring);
    tip.textContent = mark.words;
    picture.append(tip);
    const { width, scale } = size();
    const [left, top, right, bottom] = mark.box.map((place) => place * scale);
    const above = top - tip.offsetHeight - 10;
    const middle = (Math.max(left, 0) + Math.min(right, width)) / 2;
    tip.style.left = `${Math.max(0, Math.min(middle - tip.offsetWidth / 2, width - tip.offsetWidth))}px`;
    tip.style.top = `${above >= 0 ? above : bottom + 10}px`;
  };

  const choose = (mark) => {
    for (const { node } of marks) node.setAttribute("aria-selected", String(node === mark?.node));
    if (mark) list.setAttribute("aria-activedescendant", mark.node.id);
    else list.removeAttribute("aria-activedescendant");
    chosen = mark;
    show(mark);
  };

  const size = () => {
    const { width, left, top } = svg.getBoundingClientRect();
    return { width, left, top, scale: width / svg.viewBox.baseVal.width };
  };

  const at = ({ clientX, clientY }) => {
    const { left, top, scale } = size();
    return nearest(marks, (clientX - left) / scale, (clientY - top) / scale, REACH / scale);
  };

  const draw = async () => {
    const wanted = image.currentSrc;
    if (wanted === source) return;
    const drawn = await drawing(image);
    const before = chosen?.words;
    source = wanted;
    svg = drawn;
    list.replaceChildren(svg);
    marks = marksOf(svg, list.getAttribute("aria-describedby"));
    if (!marks.length) throw new TypeError("no marks");
    picture.toggleAttribute("data-live", true);
    list.removeAttribute("aria-busy");
    shown = undefined;
    choose(marks.find(({ words }) => words === before));
  };

  try {
    await draw();
  } catch {
    giveUp();
    return;
  }
  let last = marks[0];
  const greet = () => list.matches(":focus-visible") && !chosen && choose(last);
  const leave = () => {
    last = chosen ?? last;
    choose();
  };
  greet();
  image.addEventListener("load", () => draw().catch(giveUp)); // another width, another drawing
  list.addEventListener("focus", greet);
  list.addEventListener("blur", leave);
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = marks.includes(chosen) ? chosen : marks.find(({ words }) => words === last.words) ?? marks[0];
    const to = step(marks, from, event.key);
    if (!to) return;
    event.preventDefault();
    last = to;
    choose(to);
  });
  picture.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && !tip.contains(event.target)) show(at(event) ?? chosen);
  });
  picture.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && show(chosen));
  picture.addEventListener("click", (event) => !tip.contains(event.target) && choose(at(event)));
  document.addEventListener("pointerdown", ({ target }) => chosen && !picture.contains(target) && leave());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && shown && leave());
}
