// Sets two to six areas side by side; the page's address holds which.

import { combobox } from "./combobox.js";
import { element } from "./element.js";
import { fetchOnce, readIndex } from "./search.js";

const LETTERS = [..."abcdef"];
const KINDS = { ccg: "CCG", icb: "ICB", stp: "STP", subicb: "Sub-ICB location" };
const items = (texts) => texts.map((text) => element("li", {}, text));
const lost = (what) => `${what} could not be fetched. Try again later.`;

function start(form) {
  const { index: indexAddress, root = "" } = form.dataset;
  const asked = new URLSearchParams(location.search);
  let year = asked.get("year") ?? "";
  let rate = asked.get("rate") ?? "recovery_rate";
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
    if (rate !== "recovery_rate") query.set("rate", rate);
    history.replaceState(null, "", `?${query}`);
  };

  const chooseRate = (name, title) => {
    rate = name;
    said.textContent = `${title} is shown.`;
    keepAddress();
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
    const [shower, metrics, england, ...all] = await Promise.all([
      chosen.length ? import("./comparison.js").catch(() => undefined) : undefined,
      ...["areas/metrics.json", ...addresses].map((one) => fetchOnce(root + one).catch(() => undefined)),
    ]);
    if (turn !== turns) return; // overtaken
    if (!metrics || !england || (chosen.length && !shower)) problems.push(lost("Some of the figures"));

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
        const has = `${name} has no figures for ${year}: it has those of ${new Intl.ListFormat("en-GB").format(Object.keys(own.years).sort())}.`;
        problems.push(now ? `${has} It is ${now}.` : has);
      } else problems.push(lost(`The figures of ${name}`));
    });
    const about = metrics && { metrics, england: england?.years[year], year, rate };
    result.replaceChildren(
      ...(shower && about ? shower.comparison(sides, about, chooseRate) : []),
      ...(chosen.length < 2 ? [element("p", {}, "Add two to six areas to compare them.")] : []),
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
