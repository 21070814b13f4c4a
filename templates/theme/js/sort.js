// Sorts and filters tables.

import { element } from "./element.js";
import { words } from "./search.js";

const MARK = /^(\[\w\]|[-–—.]*)$/;
const NUMBER = /^[-+]?£?\d[\d,]*(\.\d+)?/;

/** What a cell sorts by: a number, a text, or undefined for a mark. */
export function sortValue(cell) {
  const text = (cell.dataset.value ?? cell.textContent).trim().replace(/−/g, "-");
  if (MARK.test(text)) return undefined;
  const number = text.match(NUMBER);
  return number ? { text, number: Number(number[0].replace(/[+£,]/g, "")) } : { text };
}

const compareTexts = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

function makeSortable(table, status) {
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const sort = (column, heading, button) => {
    const rows = [...table.tBodies[0].rows].map((row) => {
      const value = sortValue(row.cells[column]);
      return { row, value, part: row.matches(".base-row") ? 0 : value ? 1 : 2 };
    });
    const numeric = rows.every(({ part, value }) => part !== 1 || value.number !== undefined);
    const now = heading.getAttribute("aria-sort");
    const down = now ? now === "ascending" : numeric;
    const compare = (a, b) => (numeric ? a.number - b.number : compareTexts(a.text, b.text)) * (down ? -1 : 1);
    rows.sort((a, b) => a.part - b.part || (a.part === 1 ? compare(a.value, b.value) : 0));
    table.tBodies[0].append(...rows.map(({ row }) => row));
    headings.forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const ways = numeric ? ["highest first", "lowest first"] : ["from Z to A", "from A to Z"];
    status.textContent = `Sorted by ${button.textContent.trim()}, ${ways[down ? 0 : 1]}`;
  };
  headings.forEach((heading, column) => {
    if (heading.matches("td, [data-unsorted], [colspan]") || heading.querySelector("a, button")) return;
    const button = element("button", { type: "button", class: "sort" }, ...heading.childNodes);
    button.addEventListener("click", () => sort(column, heading, button));
    heading.append(button);
  });
}

function makeFilter(table, above) {
  const rows = [...table.tBodies[0].rows].filter((row) => !row.matches(".base-row"));
  const held = new Map(rows.map((row) => [row, words((row.querySelector("th") ?? row).textContent)]));
  const input = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const count = element("output", { class: "table-filter__count" }, `${rows.length} rows`);
  const label = element("label", {}, element("span", {}, table.dataset.filter || "Show the rows that hold"), input);
  const filter = () => {
    const query = words(input.value);
    let left = 0;
    for (const row of rows) {
      row.hidden = !query.every((typed) => held.get(row).some((word) => word.startsWith(typed)));
      left += row.hidden ? 0 : 1;
    }
    if (!query.length) count.textContent = `${rows.length} rows`;
    else if (left) count.textContent = `${left} of ${rows.length} rows`;
    else count.textContent = `No row holds “${input.value.trim()}”`;
  };
  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    input.value = "";
    filter();
  });
  above.before(element("div", { class: "table-filter" }, label, count));
}

for (const table of document.querySelectorAll("table.data[data-sortable]")) {
  const above = table.closest(".table-scroll") ?? table;
  const status = element("p", { class: "visually-hidden", role: "status" });
  above.after(status);
  makeSortable(table, status);
  if (table.hasAttribute("data-filter")) makeFilter(table, above);
}
