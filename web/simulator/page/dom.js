// Small hands for the page. Text always goes in as text, never as markup.

/** Makes an element; `props` are attributes, `on…` are listeners, children are elements or texts. */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words[1]?.[0] ?? '')).toUpperCase();
}

export function avatar(name, id) {
  return el('span', { class: `avatar hue${Math.abs(Number(id)) % 6}`, 'aria-hidden': 'true' }, initials(name));
}

export function bytesText(bytes) {
  const number = (value) => new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1 }).format(value);
  return bytes < 1024 * 1024 ? `${number(Math.max(0.1, bytes / 1024))} KB` : `${number(bytes / 1024 / 1024)} MB`;
}

/** Says it to screen readers. */
export function announce(text) {
  const line = document.getElementById('announce');
  if (line) line.textContent = text;
}
