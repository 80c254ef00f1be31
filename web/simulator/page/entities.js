// Text with entities becomes elements; every word of a person stays plain text.
import { el } from './dom.js';

const TAGS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote' };

function wrap(entity, content, onCommand) {
  const tag = TAGS[entity.type];
  const text = content.map((node) => (typeof node === 'string' ? node : node.textContent)).join('');
  if (tag) return el(tag, {}, content);
  if (entity.type === 'spoiler') return el('span', { class: 'spoiler', tabindex: '0' }, content);
  if (entity.type === 'url' || entity.type === 'text_link') {
    const href = entity.type === 'url' ? text : entity.url;
    if (/^https?:\/\//.test(href ?? '')) return el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, content);
  }
  if (entity.type === 'bot_command') return el('button', { type: 'button', class: 'command', onclick: () => onCommand(text) }, content);
  if (entity.type === 'hashtag' || entity.type === 'mention') return el('span', { class: 'hashtag' }, content);
  return el('span', {}, content);
}

/** Nodes of `text` between `from` and `to`, with the entities that begin there nested as they are given. */
function nodes(text, entities, from, to, onCommand) {
  const made = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = Math.min(to, entity.offset + entity.length);
    if (entity.offset >= at && end > entity.offset) {
      if (entity.offset > at) made.push(text.slice(at, entity.offset));
      const inside = entities.slice(index + 1).filter((other) => other.offset < end);
      made.push(wrap(entity, nodes(text, inside, entity.offset, end, onCommand), onCommand));
      at = end;
    }
    index += 1;
  }
  if (at < to) made.push(text.slice(at, to));
  return made;
}

export function richText(text, entities, onCommand) {
  return nodes(text, entities ?? [], 0, text.length, onCommand);
}
