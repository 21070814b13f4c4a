// Sets two to six areas side by side; the page's address holds which.

import { combobox } from "./combobox.js";
import { element } from "./element.js";
import { fetchOnce, readIndex } from "./search.js";
import { inWords, kindsApart, rounded, verdict } from "./verdict.js";

const LETTERS = [..."abcdef"];
const KINDS = { ccg: "CCG", icb: "ICB", stp: "STP", subicb: "Sub-ICB location" };
const ABSENT = { text: "[x]", status: "not in the figures of the year" };
const READING =
  "Under each rate is its 95% interval. Areas whose intervals overlap may still differ. Below England counts are " +
  "rounded to 5.";

const items = (texts) => texts.map((text) => element("li", {}, text));
const lost = (what) => `${what} could not be fetched. Try again later.`;

/** A figure and, beneath it, its interval, how it stands to England, and its rank. */
function cell({ text, low, high, verdict: judged, rank, of, not_ranked: unranked }, unit) {
  const beneath = [
    low == null ? "" : `${rounded(low, 1)} to ${rounded(high, 1)}${unit === "percent" ? "%" : ""}`,
    judged === "similar" ? "not clearly different from England" : judged && `${judged} than England`,
    rank ? `rank ${rank} of ${of}` : unranked && "not ranked",
  ].filter(Boolean);
  return element(
    "td",
    { class: text.startsWith("[") ? "mark" : "num" },
    element("b", {}, text),
    ...beneath.map((line) => element("small", {}, line)),
  );
}

/** The table, and the notes on its marks and warnings. */
function table(columns, metrics, year) {
  const rows = metrics.filter(({ name }) => columns.some(({ figures }) => figures.metrics[name]));
  const noted = new Set();
  const body = rows.map(({ name, title, base, unit }) => {
    const cells = columns.map((column) => {
      const figure = column.figures.metrics[name] ?? ABSENT;
      const { text, status, flags } = figure;
      flags?.forEach((flag) => noted.add(`${column.name}: ${flag}`));
      if (status) noted.add(`${text} ${status}`);
      return cell(figure, unit);
    });
    return element("tr", {}, element("th", { scope: "row" }, title, base && element("small", {}, base)), ...cells);
  });
  const head = columns.map(({ name, link, about }) =>
    element(
      "th",
      { scope: "col" },
      link ? element("a", { href: link }, name) : name,
      about && element("small", {}, about),
    ),
  );
  const caption = `The figures side by side, ${year}`;
  const whole = element(
    "table",
    { class: "data" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Metric"), ...head)),
    element("tbody", {}, ...body),
  );
  return [
    element("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": caption }, whole),
    element("ul", { class: "comparison__notes" }, ...items([...noted, READING])),
  ];
}

function start(form) {
  const { index: indexAddress, root = "" } = form.dataset;
  const asked = new URLSearchParams(location.search);
  let year = asked.get("year") ?? "";
  let index = [];
  let chosen = [];
  let turns = 0;

  const input = element("input", { type: "search", id: "compare-add" });
  const select = element("select", { id: "compare-year" });
  const copy = element("button", { type: "button", class: "compare__copy" }, "Copy the address");
  const chips = element("ul", { class: "compare__areas", "aria-label": "Areas compared" });
  const said = element("p", { class: "compare__said", role: "status" });
  const faults = element("ul", { class: "compare__faults" });
  const result = element("section", { class: "comparison", "aria-label": "Comparison" });
  form.append(
    element("div", { class: "compare__add" }, element("label", { for: input.id }, "Add an area"), input),
    element("div", { class: "compare__year" }, element("label", { for: select.id }, "Year"), select),
    copy,
    chips,
    said,
  );
  form.after(faults, result);

  /** The area of a code; where an older and a newer area share it, the one that has figures in the year. */
  const byCode = (code) => {
    const those = index.map(({ area }) => area).filter(({ codes }) => codes.includes(code));
    const covers = ({ years = "" }) => {
      const [first, last = first] = years.split(" to ");
      return first <= year && year <= last;
    };
    return those.find(covers) ?? those[0];
  };

  const keepAddress = () => {
    const query = new URLSearchParams();
    chosen.forEach((area, place) => {
      query.set(LETTERS[place], area.codes.find((code) => byCode(code) === area) ?? area.codes[0]);
    });
    if (year) query.set("year", year);
    history.replaceState(null, "", `?${query}`);
  };

  const drawChips = () => {
    const chip = (area, place) => {
      const label = `Remove ${area.name}`;
      const remove = element("button", { type: "button", class: "compare__remove", "aria-label": label }, "×");
      remove.addEventListener("click", () => {
        chosen = chosen.filter((other) => other !== area);
        said.textContent = `${area.name} removed.`;
        draw(true);
        (chips.querySelectorAll("button")[Math.min(place, chosen.length - 1)] ?? input).focus();
      });
      return element("li", {}, element("span", {}, area.name), remove);
    };
    chips.replaceChildren(...chosen.map(chip));
  };

  /** Fetch and show the areas chosen. `changed` says that the reader changed something: the address follows. */
  const draw = async (changed, told = []) => {
    const turn = (turns += 1);
    const problems = [...told];
    drawChips();
    const addresses = ["areas/england/", ...chosen.map(({ address }) => address)].map((one) => `${one}figures.json`);
    const [metrics, england, ...all] = await Promise.all(
      ["areas/metrics.json", ...addresses].map((one) => fetchOnce(root + one).catch(() => undefined)),
    );
    if (turn !== turns) return; // overtaken
    if (!metrics || !england) problems.push(lost("Some of the figures"));

    const years = [...new Set([england, ...all].flatMap((own) => Object.keys(own?.years ?? {})))].sort().reverse();
    if (!years.includes(year) && years.length) {
      const number = (one) => all.filter((own) => own?.years[one]).length;
      const best = years.reduce((most, one) => (number(one) > number(most) ? one : most));
      if (year) problems.push(`There are no figures for “${year}”: those of ${best} are shown.`);
      year = best;
    }
    select.replaceChildren(...years.map((one) => element("option", {}, one)));
    select.value = year;

    const sides = [];
    chosen.forEach(({ name, address, now }, place) => {
      const own = all[place];
      const figures = own?.years[year];
      if (figures) {
        const kind = KINDS[figures.type] ?? figures.type;
        sides.push({ figures, kind, name: own.short ?? name, link: root + address, about: `${kind} ${figures.code}` });
      } else if (own) {
        const has = `${name} has no figures for ${year}: it has those of ${inWords(Object.keys(own.years).sort())}.`;
        problems.push(now ? `${has} It is ${now}.` : has);
      } else problems.push(lost(`The figures of ${name}`));
    });
    const [finding, ...more] = verdict(
      sides.map(({ name, figures }) => ({ name, ...figures.metrics.recovery_rate })),
    );
    const base = metrics?.find(({ name }) => name === "recovery_rate")?.base;
    const shown = england?.years[year];
    const columns = shown ? [...sides, { figures: shown, name: "England" }] : sides;
    if (chosen.length < 2) more.push("Add two to six areas to compare them.");
    result.replaceChildren(
      ...(finding ? [element("h2", {}, finding)] : []),
      ...(finding && base ? [element("p", { class: "base" }, `Recovery rate: ${base}`)] : []),
      ...[...more, kindsApart(sides)].filter(Boolean).map((text) => element("p", {}, text)),
      ...(metrics && sides.length ? table(columns, metrics, year) : []),
    );
    faults.replaceChildren(...items(problems));
    if (changed) keepAddress();
  };

  combobox(input, indexAddress, (area) => {
    if (chosen.length === LETTERS.length) said.textContent = "Six areas at most: remove one first.";
    else {
      said.textContent = `${area.name} ${chosen.includes(area) ? "is there already" : "added"}.`;
      if (!chosen.includes(area)) chosen.push(area);
      draw(true);
    }
  });
  select.addEventListener("change", () => {
    year = select.value;
    draw(true);
  });
  copy.addEventListener("click", async () => {
    keepAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "The address of this comparison is copied.";
    } catch {
      said.textContent = `The address could not be copied: ${location.href}`;
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;

  readIndex(indexAddress).then(
    (loaded) => {
      index = loaded;
      const told = [];
      for (const letter of LETTERS) {
        const code = (asked.get(letter) ?? "").trim().toUpperCase();
        const area = code && byCode(code);
        if (code && !area) told.push(`No area has the code “${code}”.`);
        else if (area && !chosen.includes(area)) chosen.push(area);
      }
      draw(false, told);
    },
    () => faults.replaceChildren(...items([lost("The list of areas")])),
  );
}

document.querySelectorAll("form.compare").forEach(start);
