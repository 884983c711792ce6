// Formats numbers and money, and creates elements.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** 12345.6 as "12,346". */
export const count = (value) => whole.format(value);

/** 0.1234 as "12.3%". */
export const share = (value) => percent.format(value);

/** A score or threshold, with enough digits to distinguish it. */
export function score(value) {
  return value !== 0 && value < 0.001 ? value.toExponential(1) : value.toFixed(4);
}

/** "3 rows", "1 row". */
export function counted(value, word) {
  return `${count(value)} ${word}${value === 1 ? "" : "s"}`;
}

/** An amount of money: "€310", "−€310"; an unknown currency's code precedes the number. */
export function money(value, currency) {
  try {
    const format = { style: "currency", currency, signDisplay: "negative", maximumFractionDigits: 0 };
    return new Intl.NumberFormat("en", format).format(value).replace(/\u00a0/g, " ").replace("-", "−");
  } catch {
    return `${currency} ${count(value)}`;
  }
}

/** 1536000 as "1.5 MB". */
export function size(bytes) {
  if (bytes < 1e5) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${count(bytes / 1e6)} MB`;
}

/** The element of this id. */
export const byId = (id) => document.getElementById(id);

/** A new element with attributes and children; text is never parsed as markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A new SVG element with attributes and children. */
export function shape(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Replaces the content of a place with these children; hides it when there are none. */
export function show(place, ...children) {
  place.replaceChildren(...children);
  place.hidden = children.length === 0;
}
