"use strict";
// Elements made by hand: attributes and text, never markup.
{
  const SVG = "http://www.w3.org/2000/svg";
  const fill = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, String(value));
    }
    element.append(...children.flat(3).filter((child) => child != null && child !== false && child !== ""));
    return element;
  };

  /** An HTML element; an attribute named on… is a listener. */
  View.make = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

  /** An SVG element. */
  View.draw = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  View.byId = (id) => document.getElementById(id);

  /** Sets a custom property: allowed by the page's policy where a style attribute is not. */
  View.tint = (element, colour) => {
    if (colour) element.style.setProperty("--kind", colour);
    return element;
  };

  /** Tells a screen reader, and nobody else. */
  View.tell = (text) => {
    View.byId("status").textContent = text;
  };

  View.download = (name, type, content) => {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    View.make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
}
