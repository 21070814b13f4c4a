/** A new element with attributes and children; an empty child is left out. */
export function element(name, attributes, ...children) {
  const node = document.createElement(name);
  Object.entries(attributes).forEach((pair) => node.setAttribute(...pair));
  node.append(...children.filter(Boolean));
  return node;
}
