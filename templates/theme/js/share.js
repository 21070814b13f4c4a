// Passing a page on: its address to copy, and the browser's own sharing.
const block = document.querySelector(".share");
const title = block?.dataset.title;
const url = document.querySelector("[rel=canonical]")?.href ?? location.href.split("#")[0];
const said = document.createElement("p");
said.role = "status";

function add(name, words) {
  const made = document.createElement(name);
  const item = document.createElement("li");
  made.textContent = words;
  item.append(made);
  block.querySelector("ul").append(item);
  return made;
}

if (block) {
  if (block.hidden) {
    block.append(document.createElement("ul"));
    add("a", "E-mail").href = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`;
  }
  add("button", "Copy link").onclick = async () => {
    try {
      await navigator.clipboard.writeText(url);
      said.textContent = "Copied";
    } catch {
      // Not allowed: to be copied by hand.
      said.textContent = url;
      getSelection().selectAllChildren(said);
    }
  };
  if (navigator.share) add("button", "Share…").onclick = () => navigator.share({ title, url }).catch(() => {});
  block.append(said);
  block.hidden = false;
}
