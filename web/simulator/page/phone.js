// One phone: its chat, the place to write, and what a tap brings.
import { get, post } from './api.js';
import { attachPanel } from './attach.js';
import { bubble } from './bubble.js';
import { announce, avatar, el, icon } from './dom.js';

const TOAST_MS = 4500;

export function makePhone(person, { samples, clock, view, close, turned }) {
  let chat = person.id;
  let reply = null;
  let editing = null;
  let shown = new Map();
  let latest = [];
  const forced = new Set();

  const list = el('ol', { class: 'messages', 'aria-label': `Obrolan ${person.name} dengan Alur` });
  const scroller = el('div', { class: 'scroll', tabindex: '0' }, list);
  const missed = el('span', { class: 'unread', hidden: true });
  const down = el('button', { type: 'button', class: 'down', 'aria-label': 'Ke pesan terbaru', title: 'Ke pesan terbaru', hidden: true, onclick: toEnd }, icon('down'), missed);
  const bar = el('div', { class: 'reply', hidden: true });
  const input = el('textarea', { rows: '1', placeholder: 'Tulis pesan', 'aria-label': `Pesan dari ${person.name}` });
  const attach = attachPanel({
    samples,
    where,
    done: () => setReply(null),
    failed: (text) => toast(text, false),
  });
  const clip = el('button', { type: 'button', class: 'icon', 'aria-label': 'Lampirkan berkas', title: 'Lampirkan', onclick: attach.toggle }, icon('clip'));
  const sendButton = el('button', { type: 'submit', class: 'send', 'aria-label': 'Kirim pesan', title: 'Kirim' }, icon('send'));
  const form = el('form', { class: 'write' }, clip, input, sendButton);
  const tabs = el('div', { class: 'tabs', role: 'tablist', hidden: true });
  const menu = el('details', { class: 'menu' }, el('summary', { 'aria-label': `Menu ponsel ${person.name}`, title: 'Menu' }, icon('more')));
  const role = el('span', { class: 'role' }, person.roles.join(', ') || 'tidak terdaftar');
  const root = el(
    'section',
    { class: 'phone', 'aria-label': `Ponsel ${person.name}`, 'data-person': person.id },
    el('header', {}, avatar(person.name, person.id), el('div', { class: 'who' }, el('h2', {}, person.name), role), menu, el('button', { type: 'button', class: 'icon', 'aria-label': `Tutup ponsel ${person.name}`, title: 'Tutup', onclick: close }, icon('close'))),
    tabs,
    el('div', { class: 'wall' }, scroller, down),
    attach.panel,
    bar,
    form,
  );
  input.addEventListener('input', fit);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') setReply(null);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void write();
  });

  const hands = {
    time: clock.time,
    view,
    reply: (message) => setReply(message),
    edit: (message) => setEditing(message),
    command: (text) => act('text', { text }),
    jump: (id) => {
      const target = [...list.children].find((item) => item.dataset.ids?.split(' ').includes(String(id)));
      target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      target?.classList.add('found');
      setTimeout(() => target?.classList.remove('found'), 1400);
    },
    copy: async (text) => {
      await navigator.clipboard?.writeText(text).catch(() => undefined);
      toast('Disalin.', false);
    },
    tap: async (message, item) => {
      follow = true;
      const answer = await act('tap', { message: message.id, data: item.data });
      if (answer?.unanswered) toast('Bot belum menjawab ketukan ini.', false);
      else if (answer?.text) toast(answer.text, answer.alert);
    },
    grown: () => {
      if (atEnd) toEnd();
    },
  };
  let atEnd = true;
  // After a tap on an older card, what it brings is what the person wants to see.
  let follow = false;
  let unseen = 0;
  let height = 0;
  new ResizeObserver(() => {
    height = scroller.clientHeight;
    if (atEnd) toEnd();
  }).observe(scroller);
  scroller.addEventListener('scroll', () => {
    // While the chat is changing its height nobody has scrolled.
    if (scroller.clientHeight !== height) return;
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
    if (atEnd) unseen = 0;
    showDown();
  });

  function where() {
    return { person: person.id, chat, replyTo: reply?.id };
  }
  async function act(deed, body) {
    try {
      return await post(deed, { ...where(), ...body });
    } catch (error) {
      toast(error.message, false);
      return null;
    }
  }
  async function write() {
    const text = input.value.trim();
    if (text === '') return;
    const done = editing ? await act('edit', { message: editing.id, text }) : await act('text', { text });
    if (!done) return;
    input.value = '';
    fit();
    setReply(null);
    atEnd = true;
    toEnd();
  }
  function fit() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 132)}px`;
    sendButton.classList.toggle('ready', input.value.trim() !== '');
  }
  function setReply(message, placeholder, focus = true) {
    reply = message;
    if (editing) input.value = '';
    editing = null;
    showBar(message ? `Balas ${message.from === 'bot' ? 'Alur' : message.fromName}` : null, message);
    input.placeholder = placeholder ?? 'Tulis pesan';
    if (message && focus) input.focus({ preventScroll: true });
  }
  function setEditing(message) {
    reply = null;
    editing = message;
    input.value = message.text ?? message.caption ?? '';
    fit();
    showBar('Sunting pesan', message);
    input.focus({ preventScroll: true });
  }
  function showBar(title, message) {
    bar.hidden = title === null;
    bar.replaceChildren();
    if (title === null) return;
    const words = message.text ?? message.caption ?? 'Foto';
    bar.append(
      el('div', { class: 'quote' }, el('span', { class: 'who' }, title), el('span', { class: 'words' }, words.slice(0, 120))),
      el('button', { type: 'button', class: 'icon', 'aria-label': 'Batalkan', onclick: () => setReply(null) }, icon('close')),
    );
  }
  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
    unseen = 0;
    showDown();
  }
  function showDown() {
    down.hidden = atEnd;
    missed.hidden = unseen === 0;
    missed.textContent = String(unseen);
  }
  function toast(text, alert) {
    announce(`${person.name}: ${text}`);
    root.querySelector('.toast')?.remove();
    const box = el('div', { class: `toast${alert ? ' alert' : ''}`, role: alert ? 'alertdialog' : 'status' }, el('p', {}, text));
    const leave = () => box.remove();
    if (alert) {
      const ok = el('button', { type: 'button', class: 'primary', onclick: leave }, 'Mengerti');
      box.append(ok);
      box.addEventListener('keydown', (event) => event.key === 'Escape' && leave());
      root.append(box);
      ok.focus({ preventScroll: true });
    } else {
      root.append(box);
      setTimeout(leave, TOAST_MS);
    }
  }

  async function refresh() {
    const asked = chat;
    const { messages } = await get(`/simulator/chat?person=${person.id}&chat=${chat}`);
    if (asked !== chat) return;
    const fresh = messages.at(-1);
    const news = fresh && fresh.id > (latest.at(-1)?.id ?? 0) && latest.length > 0 && fresh.from !== person.id;
    const before = latest.at(-1)?.id ?? 0;
    latest = messages;
    if (news && follow) atEnd = true;
    if (news) follow = false;
    if (news && !atEnd) unseen += messages.filter((message) => message.id > before && message.from !== person.id).length;
    draw(messages);
    showDown();
    if (news) {
      root.classList.remove('news');
      requestAnimationFrame(() => root.classList.add('news'));
      announce(`${person.name} menerima pesan baru`);
    }
    const question = `${chat} ${fresh?.id}`;
    if (fresh?.forceReply && !forced.has(question)) {
      forced.add(question);
      // Whoever writes on another phone keeps the cursor there.
      const here = root.contains(document.activeElement);
      setReply(fresh, fresh.forceReply.placeholder ?? undefined, here);
    }
  }
  function draw(messages) {
    const stay = atEnd;
    const next = new Map();
    const order = [];
    let day = '';
    for (const group of grouped(messages)) {
      const today = clock.day(group[0].date);
      if (today !== day) {
        day = today;
        order.push(keep(next, `day ${today} ${group[0].id}`, '', () => el('li', { class: 'day' }, el('span', {}, today))));
      }
      order.push(keep(next, `m ${group[0].id}`, JSON.stringify(group), () => bubble(group, person, hands)));
    }
    if (order.length === 0) order.push(emptyChat());
    shown = next;
    // A message that is taken out and put back while a finger is on its button loses the press.
    for (const gone of [...list.children]) if (!order.includes(gone)) gone.remove();
    for (const [i, element] of order.entries()) if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
    if (stay) toEnd();
  }
  /** The element that stands already, when its message did not change: so a focus or a spinner stays. */
  function keep(next, key, signature, make) {
    const old = shown.get(key);
    const entry = old?.signature === signature ? old : { signature, element: make() };
    next.set(key, entry);
    return entry.element;
  }
  function emptyChat() {
    const start = el('button', { type: 'button', class: 'primary', onclick: () => act('text', { text: '/start' }) }, 'Mulai');
    return el('li', { class: 'empty' }, el('p', {}, 'Belum ada pesan di sini.'), el('p', { class: 'small' }, 'Petugas langsung mengirim foto; peninjau menunggu kartunya di sini.'), start);
  }
  function update(info, unread = () => 0) {
    person = { ...person, ...info };
    root.classList.toggle('blocked', info.blocked);
    drawMenu(info);
    tabs.hidden = info.chats.length < 2;
    tabs.replaceChildren(
      ...info.chats.map((item) =>
        el('button', { type: 'button', role: 'tab', 'aria-selected': String(item.id === chat), onclick: () => change(item.id) }, item.title, unread(item) ? el('span', { class: 'unread' }, String(unread(item))) : null),
      ),
    );
  }
  function drawMenu(info) {
    const item = (label, deed, body = {}) => el('button', { type: 'button', onclick: () => {
      menu.open = false;
      void act(deed, body);
    } }, label);
    const box = el(
      'div',
      { class: 'items' },
      ['/start', '/kirim', '/status', '/antrean', '/bantuan'].map((command) => item(command, 'text', { text: command })),
      el('hr'),
      item('Kirim stiker', 'sticker'),
      item('Kirim kontak', 'contact'),
      item('Kirim lokasi', 'location'),
      el('hr'),
      item(info.blocked ? 'Buka blokir bot' : 'Blokir bot', 'block', { blocked: !info.blocked }),
    );
    menu.querySelector('.items')?.remove();
    menu.append(box);
  }
  function change(id) {
    chat = id;
    latest = [];
    setReply(null);
    shown = new Map();
    atEnd = true;
    turned();
    void refresh();
  }
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') menu.open = false;
  });
  return { root, refresh, update, shows: (id) => id === chat, current: () => chat, focus: () => input.focus({ preventScroll: true }), toast, toEnd };
}

/** Files of one album stand together. */
function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (last && message.album !== null && last[0].album === message.album) last.push(message);
    else groups.push([message]);
  }
  return groups;
}
