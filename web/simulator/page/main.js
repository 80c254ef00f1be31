// The page: which phones stand side by side, who has news, the guide, and the clock.
import { get, listen, post } from './api.js';
import { startClock } from './clock.js';
import { avatar, el, icon } from './dom.js';
import { makePhone } from './phone.js';

const stage = document.getElementById('phones');
const strip = document.getElementById('people');
const guide = document.getElementById('guide');
const viewer = document.getElementById('viewer');
const narrow = window.matchMedia('(max-width: 719px)');
// With its gap and the page's margins: five that do not quite fit would cut the last one.
const PHONE_WIDTH = 336;

const open = new Map();
const seen = new Map(JSON.parse(sessionStorage.getItem('alur-seen') ?? '[]'));
let state = null;

const clock = startClock({
  onMoved: () => void refreshState(),
  onRefused: (text) => notice(`Jam kantor tidak diubah. ${text}`),
});

let noticed = null;
function notice(text) {
  const line = document.getElementById('notice');
  line.textContent = text;
  line.hidden = false;
  clearTimeout(noticed);
  noticed = setTimeout(() => {
    line.hidden = true;
  }, 9000);
}

function view(source) {
  viewer.querySelector('img').src = source;
  viewer.showModal();
}
viewer.addEventListener('click', () => viewer.close());

/** What came into a chat since it was last shown. */
function unreadOf(info, chat) {
  const key = `${info.id} ${chat.id}`;
  if (open.get(info.id)?.shows(chat.id)) {
    seen.set(key, chat.fromBot);
    sessionStorage.setItem('alur-seen', JSON.stringify([...seen]));
  }
  return Math.max(0, chat.fromBot - (seen.get(key) ?? 0));
}

function show(info) {
  if (open.has(info.id)) return;
  if (narrow.matches) for (const id of [...open.keys()]) hide(id);
  const phone = makePhone(info, { samples: state.samples, clock, view, close: () => toggle(info.id), turned: () => drawUnread() });
  open.set(info.id, phone);
  phone.update(info, (chat) => unreadOf(info, chat));
  place();
  void phone.refresh().then(phone.toEnd);
  remember();
}
function hide(id) {
  open.get(id)?.root.remove();
  open.delete(id);
  remember();
}
function toggle(id) {
  const info = state.phones.find((phone) => phone.id === id);
  if (open.has(id) && (!narrow.matches || open.size > 1)) hide(id);
  else if (info) show(info);
  drawStrip();
  open.get(id)?.root.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
/** Phones stand in the order of the people. A phone that is moved in the page loses its place in its chat, so only the new one is. */
function place() {
  const wanted = state.phones.flatMap((info) => open.get(info.id)?.root ?? []);
  for (const [at, root] of wanted.entries()) if (stage.children[at] !== root) stage.insertBefore(root, stage.children[at] ?? null);
}
function remember() {
  sessionStorage.setItem('alur-open', JSON.stringify([...open.keys()]));
}

function drawStrip() {
  const chips = state.phones.map((info) => {
    const shown = open.has(info.id);
    const unread = info.chats.reduce((sum, chat) => sum + unreadOf(info, chat), 0);
    const label = `${info.name}, ${info.roles.join(', ') || 'tidak terdaftar'}${unread ? `, ${unread} pesan baru` : ''}`;
    return el(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': String(shown), 'aria-label': label, onclick: () => toggle(info.id) },
      avatar(info.name, info.id),
      el('span', { class: 'label' }, el('span', { class: 'name' }, info.name), el('span', { class: 'role' }, info.roles.join(', ') || 'tidak terdaftar')),
      unread ? el('span', { class: 'unread' }, String(unread)) : null,
    );
  });
  const add = el('button', { type: 'button', class: 'chip add', title: 'Ponsel orang yang tidak terdaftar', onclick: addStranger }, icon('plus'), 'Orang luar');
  const focused = [...strip.children].indexOf(document.activeElement);
  strip.replaceChildren(...chips, add);
  if (focused >= 0) strip.children[focused]?.focus({ preventScroll: true });
}
async function addStranger() {
  const { id } = await post('stranger', {});
  await refreshState();
  if (!open.has(id)) toggle(id);
}

/** At first one phone for each role, as many as fit beside each other. */
function firstPhones() {
  const stored = JSON.parse(sessionStorage.getItem('alur-open') ?? 'null');
  const fit = narrow.matches ? 1 : Math.max(1, Math.min(5, Math.floor(window.innerWidth / PHONE_WIDTH)));
  if (stored?.length) {
    const again = state.phones.filter((info) => stored.includes(info.id));
    if (again.length > 0) return again.slice(0, narrow.matches ? 1 : again.length);
  }
  const roles = new Set();
  const chosen = state.phones.filter((info) => {
    const role = info.roles[0] ?? '';
    if (!info.known || roles.has(role)) return false;
    roles.add(role);
    return true;
  });
  return chosen.slice(0, fit);
}

function drawGuide() {
  const maker = state.phones.find((info) => info.known);
  const name = maker ? maker.name.split(' ')[0] : 'staf';
  const steps = [
    ['Kirim bahan', `Di ponsel ${name}, ketuk klip kertas, pilih 4 foto, tulis caption, lalu kirim.`],
    ['Lengkapi', 'Jawab pertanyaan Alur satu per satu. Bila lengkap, ketuk SERAHKAN.'],
    ['Periksa', 'Kartu muncul di ponsel peninjau: ketuk DITERIMA, TERIMA, atau TOLAK.'],
    ['Tayangkan', 'Ketuk nama admin di atas untuk membuka ponselnya: SUDAH TAYANG, lalu kirim tautannya.'],
    ['Uji tenggat', 'Biarkan satu kartu menunggu, lalu ketuk Ke pengingat di atas: jam kantor maju dan pengingat datang.'],
  ];
  document.getElementById('guide-steps').replaceChildren(...steps.map(([title, text]) => el('li', {}, el('strong', {}, title), el('span', {}, text))));
}
function showGuide(visible) {
  guide.hidden = !visible;
  document.getElementById('guide-open').hidden = visible;
  localStorage.setItem('alur-guide', visible ? 'open' : 'closed');
}
document.getElementById('guide-close').append(icon('close'));
viewer.querySelector('button').append(icon('close'));
document.getElementById('guide-open').addEventListener('click', () => showGuide(true));
document.getElementById('guide-close').addEventListener('click', () => showGuide(false));

async function refreshState() {
  state = await get('/simulator/state');
  document.getElementById('office').textContent = state.office;
  clock.zone(state.timezone);
  clock.set(state.now);
  drawUnread();
}
function drawUnread() {
  for (const info of state.phones) open.get(info.id)?.update(info, (chat) => unreadOf(info, chat));
  drawStrip();
}

let waiting = null;
function changed({ now, chats }) {
  clock.set(now);
  for (const phone of open.values()) if (chats.some((id) => phone.shows(id))) void phone.refresh();
  if (chats.length > 0) waiting ??= setTimeout(() => {
    waiting = null;
    void refreshState();
  }, 120);
}

await refreshState();
drawGuide();
showGuide(localStorage.getItem('alur-guide') !== 'closed');
for (const info of firstPhones()) show(info);
drawStrip();
let broken = false;
listen({
  changed,
  online: (up) => {
    document.getElementById('offline').hidden = up;
    if (up && broken) {
      void refreshState();
      for (const phone of open.values()) void phone.refresh();
    }
    broken = !up;
  },
});
narrow.addEventListener('change', () => {
  if (narrow.matches) for (const id of [...open.keys()].slice(1)) hide(id);
  drawStrip();
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
