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

const ICONS = {
  clip: 'M8 12.5 14.6 6a3.2 3.2 0 0 1 4.5 4.5l-8.4 8.4a5 5 0 0 1-7.1-7.1L11.5 4',
  send: 'M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  reply: 'M10 7 4 12.5 10 18M4.5 12.5H14a6 6 0 0 1 6 6',
  edit: 'M5 19h3.5L19 8.5 15.5 5 5 15.5V19Z',
  out: 'M9 6h9v9M18 6 7 17',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  down: 'M6 9.5l6 6 6-6',
  plus: 'M12 5v14M5 12h14',
};

/** A line drawing, so that no font has to have the sign. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'drawn');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
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
