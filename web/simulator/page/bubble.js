// One message, or the files of one album, as a bubble with its buttons.
import { bytesText, el, icon } from './dom.js';
import { richText } from './entities.js';

const OTHER = { contact: '👤 Kontak', location: '📍 Lokasi', moved: 'Grup ini menjadi grup besar.' };
const NAMES = { voice: 'Pesan suara', sticker: 'Stiker', audio: 'Audio', animation: 'Animasi', video: 'Video', document: 'Dokumen', photo: 'Foto' };

function tile(message, hands) {
  const { media } = message;
  const source = `/simulator/file/${encodeURIComponent(media.fileId)}`;
  if (media.kind === 'photo') {
    const alt = message.caption ? `Foto: ${message.caption.slice(0, 80)}` : 'Foto';
    const image = el('img', { src: source, alt, loading: 'lazy', onload: hands.grown });
    return el('button', { type: 'button', class: 'tile photo', 'aria-label': 'Perbesar foto', onclick: () => hands.view(source) }, image);
  }
  return el(
    'a',
    { class: `tile ${media.kind === 'video' ? 'video' : 'file'}`, href: source, download: media.name ?? '' },
    el('span', { class: 'kind', 'aria-hidden': 'true' }, media.kind === 'video' ? '▶' : media.kind === 'sticker' ? '🙂' : '📄'),
    el('span', { class: 'what' }, el('span', { class: 'name' }, media.name ?? NAMES[media.kind]), el('span', { class: 'size' }, bytesText(media.bytes))),
  );
}

function quote(reply, hands) {
  return el(
    'button',
    { type: 'button', class: 'quote', onclick: () => hands.jump(reply.id) },
    el('span', { class: 'who' }, reply.name),
    el('span', { class: 'words' }, reply.text),
  );
}

function button(message, item, hands) {
  if (item.url) return el('a', { class: 'key', href: item.url, target: '_blank', rel: 'noopener noreferrer' }, item.label, el('span', { class: 'mark' }, icon('out')));
  if (item.copy !== null) return el('button', { type: 'button', class: 'key', onclick: () => hands.copy(item.copy) }, item.label, el('span', { class: 'mark' }, icon('copy')));
  const key = el('button', { type: 'button', class: 'key' }, item.label);
  key.addEventListener('click', async () => {
    if (key.getAttribute('aria-busy') === 'true') return;
    key.setAttribute('aria-busy', 'true');
    await hands.tap(message, item);
    key.removeAttribute('aria-busy');
  });
  return key;
}

/** `messages`: one, or all of one album. */
export function bubble(messages, person, hands) {
  const [first] = messages;
  const last = messages.at(-1);
  const mine = first.from === person.id;
  const files = messages.filter((message) => message.media);
  const words = messages.map((message) => message.text ?? message.caption).find((text) => text !== null);
  const owner = messages.find((message) => (message.text ?? message.caption) !== null) ?? first;
  const visual = files.every((message) => ['photo', 'video'].includes(message.media.kind));
  const actions = el('span', { class: 'acts' }, el('button', { type: 'button', 'aria-label': 'Balas pesan ini', title: 'Balas', onclick: () => hands.reply(first) }, icon('reply')));
  if (mine && words) actions.append(el('button', { type: 'button', 'aria-label': 'Sunting pesan ini', title: 'Sunting', onclick: () => hands.edit(owner) }, icon('edit')));
  const body = el(
    'div',
    { class: `bubble${files.length > 0 && visual ? ' media' : ''}` },
    !mine && first.from !== 'bot' ? el('span', { class: 'sender' }, first.fromName) : null,
    first.replyTo ? quote(first.replyTo, hands) : null,
    files.length > 0 ? el('div', { class: visual ? `grid n${Math.min(files.length, 10)}` : 'list' }, files.map((message) => tile(message, hands))) : null,
    first.other ? el('p', { class: 'words' }, OTHER[first.other]) : null,
    words ? el('p', { class: 'words', dir: 'auto' }, richText(words, owner.entities, hands.command)) : null,
    el('span', { class: 'meta' }, messages.some((message) => message.edited) ? 'disunting ' : '', hands.time(last.date)),
  );
  const rows = last.buttons.length > 0 ? el('div', { class: 'keys' }, last.buttons.map((row) => el('div', { class: 'row' }, row.map((item) => button(last, item, hands))))) : null;
  return el(
    'li',
    { class: `message ${mine ? 'mine' : 'theirs'}`, 'data-ids': messages.map((message) => message.id).join(' ') },
    el('span', { class: 'unseen' }, mine ? 'Anda: ' : `${first.from === 'bot' ? 'Alur' : first.fromName}: `),
    el('div', { class: 'stack' }, body, rows, actions),
  );
}
