// Find an area by typing: makes every <form class="finder" role="search"> a combobox that leads to an area's page.
// The form holds a label and an <input type="search">; data-index is the address of finder.json and data-root
// the way to the top of the site, both relative to the page. It may be hidden: it is shown when it works.

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
