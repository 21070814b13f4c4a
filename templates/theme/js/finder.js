// Find an area by typing: leads from each finder to the page of the area taken.

import { combobox } from "./combobox.js";

for (const form of document.querySelectorAll("form.finder")) {
  const { index, root = "" } = form.dataset;
  combobox(form.querySelector("input"), index, (area, event) => {
    const address = `${root}${area.address}`;
    if (event.ctrlKey || event.metaKey) window.open(address, "_blank", "noopener");
    else window.location.assign(address);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}
