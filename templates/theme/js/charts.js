// Makes the charts of a page answer. What that takes is fetched when a reader first turns to one of them.

import { element } from "./element.js";

const KEYS = "Arrow keys read the values, Escape lets go of them.";

function arm(image, number) {
  const picture = image.parentNode;
  const finding = image.closest("figure").querySelector(".chart__finding")?.textContent ?? "";
  const keys = element("span", { id: `chart-keys-${number}`, class: "chart__keys" }, KEYS);
  // A list that is being filled, until its chart is wanted: the values of the picture, mark by mark.
  const list = element("span", {
    "class": "chart__marks",
    "role": "listbox",
    "tabindex": "0",
    "aria-busy": "true",
    "aria-label": `The values of the chart: ${finding}`,
    "aria-describedby": keys.id,
  });
  const giveUp = () => {
    picture.removeAttribute("data-live"); // the image stays as it is
    list.remove();
    keys.remove();
  };
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    import("./marks.js").then(({ respond }) => respond(image, list, giveUp)).catch(giveUp);
  };
  picture.addEventListener("pointerenter", begin);
  list.addEventListener("focus", begin);
  picture.append(list, keys);
}

document.querySelectorAll(".chart > picture > img").forEach(arm);
