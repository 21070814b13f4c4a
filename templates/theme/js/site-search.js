// The search page: asks as one types, keeps the question in the page's address, and moves about the answers by keyboard.

import { answer, KINDS } from "./answers.js";
import { element } from "./element.js";
import { areaItem, counted, pageItem } from "./found.js";

const MORE = 10; // pages at a time
const FEW = 4; // areas before the rest is asked for
const REST = 250; // milliseconds without a key before it is a question

const form = document.querySelector("form.search");
const input = form.querySelector("input");
const box = document.querySelector(".search__answer");
const status = document.querySelector("[role=status]");
const ways = document.querySelector(".search__ways");
const { root } = form.dataset;

let asked = 0;
let resting;

const asks = () => new URLSearchParams(location.search);

/** Put the question into the page's address: a new entry of the history for one that was sent, the same while typing. */
function keep(text, kind, sent) {
  const query = new URLSearchParams(text ? { q: text } : {});
  if (text && kind) query.set("kind", kind);
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  if (address === `${location.pathname}${location.search}`) return;
  history[sent ? "pushState" : "replaceState"](null, "", address);
}

function say(text) {
  status.textContent = text;
}

function show(...nodes) {
  box.replaceChildren(...nodes.filter(Boolean));
  box.hidden = !box.hasChildNodes();
}

/** Ask what the page's address asks. */
async function ask() {
  const text = (asks().get("q") ?? "").trim();
  const own = (asked += 1);
  document.title = document.title.replace(/^(.*: )?Search/, text ? `${text}: Search` : "Search");
  ways.hidden = text !== "";
  if (!text) {
    show();
    say("");
    return;
  }
  if (box.hidden) show(element("p", { class: "search__note" }, "Searching…"));
  box.setAttribute("aria-busy", "true");
  const found = await answer(text, root).catch(() => undefined);
  if (own !== asked) return; // overtaken
  box.removeAttribute("aria-busy");
  if (found) await showAnswer(text, found, own);
  else {
    ways.hidden = false;
    const why = "The search could not be fetched. It is made when the site is published: a preview has none.";
    show(element("p", { class: "missing" }, why));
    say(why);
  }
}

async function showAnswer(text, { found, near, pages, instead }, own) {
  if (!found.length && !pages.length) {
    const nothing = `Nothing here answers “${text}”.`;
    const hints = element("p", { class: "search__note" }, "Try one word of it, a council, how a name begins, or one of these: ", ...suggestions());
    show(element("h2", {}, nothing), hints);
    ways.hidden = false;
    say(nothing);
    return;
  }
  const numbers = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, pages.filter((page) => page.kind === kind).length]));
  const asksKind = asks().get("kind");
  const kind = numbers[asksKind] ? asksKind : "";
  const chosen = kind ? pages.filter((page) => page.kind === kind) : pages;
  const list = element("ol", { class: "search__pages" });
  const more = element("button", { type: "button", class: "search__more" }, "");
  more.addEventListener("click", () => add(list, chosen, more, true));
  const note = instead && `Nothing is spelt “${text}”. ${pages.length ? "These are the pages for" : "Did you mean"} `;
  const areas = found.length > 0 && areasBlock(text, found, near);
  const titled = `${counted(pages.length, "page")} for “${instead || text}”`;
  await add(list, chosen, more);
  if (own !== asked) return;
  show(
    note && element("p", { class: "search__note" }, note, link(instead), pages.length ? "." : "?"),
    areas,
    pages.length > 0 &&
      element("section", { "aria-labelledby": "pages" }, element("h2", { id: "pages" }, titled), kinds(numbers, kind, pages.length), list, more),
  );
  say([instead && `Nothing is spelt “${text}”`, found.length && counted(found.length, "area"), pages.length && titled].filter(Boolean).join(". "));
}

function areasBlock(text, found, near) {
  const list = element("ol", { class: "search__areas" }, ...found.slice(0, FEW).map((one) => areaItem(one, root)));
  const rest = found.slice(FEW);
  const more = element("button", { type: "button", class: "search__more" }, `${counted(rest.length, "more area")}`);
  more.addEventListener("click", () => {
    const items = rest.map((one) => areaItem(one, root));
    list.append(...items);
    more.remove();
    items[0].querySelector("a").focus();
  });
  const name = near ? `Areas with a name near “${text}”` : "Areas";
  return element("section", { "aria-labelledby": "areas" }, element("h2", { id: "areas" }, name), list, rest.length > 0 && more);
}

/** The buttons that keep one kind of page, each with its number. */
function kinds(numbers, chosen, all) {
  const button = ([kind, name, number]) => {
    const made = element("button", { type: "button", "aria-pressed": kind === chosen }, name, element("span", {}, ` ${number}`));
    made.addEventListener("click", async () => {
      keep(asks().get("q"), kind, true);
      await ask();
      box.querySelector(".search__kinds [aria-pressed=true]")?.focus();
    });
    return made;
  };
  const offered = Object.entries(KINDS).map(([kind, [, name]]) => [kind, name, numbers[kind]]);
  const some = offered.filter(([, , number]) => number > 0);
  if (some.length < 2) return undefined;
  return element("div", { class: "search__kinds", role: "group", "aria-label": "Kinds of page" }, ...[["", "All", all], ...some].map(button));
}

/** Add the next pages to the list; `move` takes the focus to the first of them. */
async function add(list, pages, more, move) {
  const from = list.children.length;
  const next = pages.slice(from, from + MORE);
  const told = await Promise.all(next.map((page) => page.data()));
  const items = next.map(({ kind }, place) => pageItem(kind, told[place], root));
  list.append(...items);
  const left = pages.length - list.children.length;
  more.textContent = `${Math.min(left, MORE)} more of ${left}`;
  more.hidden = left <= 0;
  if (move) items[0]?.querySelector("a").focus();
}

/** A link that asks for a word. It works as any link does; here it is answered without leaving the page. */
function link(text) {
  const made = element("a", { href: `?${new URLSearchParams({ q: text })}` }, text);
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    input.value = text;
    input.focus();
    send(text, true);
  });
  return made;
}

const suggestions = () => ["caseness", "waiting", "deprivation", "Brighton", "09D"].flatMap((text, place) => (place ? [", ", link(text)] : [link(text)]));

function send(text, sent) {
  clearTimeout(resting);
  keep(text.trim(), "", sent);
  ask();
}

input.addEventListener("input", () => {
  clearTimeout(resting);
  resting = setTimeout(() => send(input.value, false), REST);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(input.value, true);
});

window.addEventListener("popstate", () => {
  input.value = asks().get("q") ?? "";
  ask();
});

// Keys work while the focus is in the field or among the answers, never elsewhere: a letter alone is no surprise then.
document.querySelector("main").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const links = [...box.querySelectorAll(".found__title")];
  const typing = event.target === input;
  const at = links.indexOf(event.target);
  const inside = typing || box.contains(event.target);
  let to;
  if (event.key === "ArrowDown" && (typing || at >= 0)) to = links[at + 1];
  else if (event.key === "ArrowUp" && at >= 0) to = links[at - 1] ?? input;
  else if (event.key === "Home" && at >= 0) [to] = links;
  else if (event.key === "End" && at >= 0) to = links.at(-1);
  else if ((event.key === "/" || event.key === "Escape") && inside && !typing) to = input;
  else if (event.key === "Escape" && typing) {
    input.value = "";
    send("", false);
    event.preventDefault();
  }
  if (!to) return;
  event.preventDefault();
  to.focus();
  if (to === input) input.select();
});

form.hidden = false;
input.value = asks().get("q") ?? "";
if (input.value) ask();
else input.focus();
