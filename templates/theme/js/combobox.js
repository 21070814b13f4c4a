// An editable combobox with a list of areas, as the ARIA Authoring Practices have it.

import { element } from "./element.js";
import { readIndex, search } from "./search.js";

const MOST = 10;
let made = 0;

/** Make `input` a combobox over the areas listed at `address`; `choose(area, event)` is told what was taken. */
export function combobox(input, address, choose) {
  made += 1;
  const id = `areas-found-${made}`;
  const list = element("ul", { role: "listbox", id, "aria-label": "Areas", class: "finder__list" });
  const said = element("p", { class: "finder__said" });
  const popup = element("div", { class: "finder__popup", hidden: "" }, list, said);
  const status = element("p", { class: "visually-hidden", role: "status" });
  const field = input.closest(".finder__field") ?? element("div", { class: "finder__field" });
  if (!field.contains(input)) input.replaceWith(field);
  field.append(input, popup, status);
  input.type = "text"; // a search field may not be a combobox
  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-expanded": "false",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  };
  Object.entries(attributes).forEach((pair) => input.setAttribute(...pair));

  let found = [];
  let marked = -1;
  let asked = 0;
  let telling;

  const mark = (place) => {
    marked = place;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === place));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    }
  };

  const open = (shown) => {
    popup.hidden = !shown;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", shown && found.length > 0);
    if (shown) return;
    asked += 1;
    mark(-1);
  };

  const tell = (text) => {
    clearTimeout(telling); // wait for a rest in the typing
    telling = setTimeout(() => (status.textContent = text), 300);
  };

  const say = (text) => {
    said.textContent = text;
    said.hidden = !text;
  };

  const clear = () => {
    input.value = "";
    found = [];
    list.replaceChildren();
    open(false);
    tell("");
  };

  const take = (place, event) => {
    const { area } = found[place];
    clear();
    choose(area, event);
  };

  const show = async () => {
    const text = input.value.trim();
    const ask = (asked += 1);
    if (!text) {
      clear();
      return;
    }
    const index = await readIndex(address).catch(() => undefined);
    if (ask !== asked) return; // overtaken
    const answer = index ? search(index, text) : { found: [] };
    const number = answer.found.length;
    found = answer.found.slice(0, MOST);
    list.replaceChildren(...found.map(({ area, why }, place) => option(`${id}-${place}`, area, why)));
    mark(-1);
    if (!index) say("The list of areas could not be fetched. Try again later.");
    else if (!found.length) {
      say(`No area is called “${text}”. Try a council, how a name begins, or a code such as 09D.`);
    } else {
      const near = answer.near ? `Nothing is spelt “${text}”; this is near it.` : "";
      say([near, number > MOST ? `${number - MOST} more: type on` : ""].filter(Boolean).join(" "));
    }
    list[answer.near && number ? "before" : "after"](said);
    open(true);
    const counted = `${number} ${number === 1 ? "area" : "areas"}`;
    tell(number ? `${counted}. ${said.textContent}` : said.textContent);
  };

  input.addEventListener("focus", () => readIndex(address).catch(() => {}));
  input.addEventListener("input", show);
  input.addEventListener("click", () => input.value && popup.hidden && show());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", async (event) => {
    const last = found.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const down = event.key === "ArrowDown";
      if (popup.hidden) {
        await show();
        if (found.length) mark(down ? 0 : found.length - 1);
      } else if (last >= 0) {
        mark(down ? (marked === last ? -1 : marked + 1) : marked < 0 ? last : marked - 1);
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (popup.hidden || !found.length) await show();
      if (found.length) take(Math.max(marked, 0), event);
    } else if (event.key === "Escape") {
      event.preventDefault();
      clear();
    } else if (/^(Home|End|Arrow)/.test(event.key)) mark(-1); // these are for the text
  });
  popup.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  popup.addEventListener("click", (event) => {
    const place = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (place >= 0) take(place, event);
  });
}

function option(id, area, why) {
  const about = [area.type, area.years, area.now].filter(Boolean).join(" · ");
  return element(
    "li",
    { role: "option", id, class: "finder__option", "aria-selected": "false" },
    element("span", { class: "finder__name" }, area.name),
    element("span", { class: "finder__about" }, ` ${about}`),
    why && element("span", { class: "finder__why" }, ` ${why}`),
  );
}
