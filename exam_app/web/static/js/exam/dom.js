// web.static.js.exam.dom — makes an element; text is always text, never markup.

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// A symbol of the product's own sprite, from the template that the page brings.
export const icon = (name) => document.querySelector(`template[data-icon="${name}"]`).content.cloneNode(true);
