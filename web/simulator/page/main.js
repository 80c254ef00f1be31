// The page: which phones stand side by side, who has news, the guide, and the clock.
import { get, listen, post } from './api.js';
import { startClock } from './clock.js';
import { avatar, el, icon } from './dom.js';
import { makePhone } from './phone.js';

const stage = document.getElementById('phones');
const strip = document.getElementById('people');
const officeRow = document.getElementById('offices');
const guide = document.getElementById('guide');
const viewer = document.getElementById('viewer');
const narrow = window.matchMedia('(max-width: 719px)');
// With its gap and the page's margins: five that do not quite fit would cut the last one.
const PHONE_WIDTH = 336;

const open = new Map();
const seen = new Map(JSON.parse(sessionStorage.getItem('alur-seen') ?? '[]'));
let state = null;
// The office whose people stand in the strip; strangers belong to none and always stand there.
let chosen = sessionStorage.getItem('alur-office');
let guideOf = null;

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

const here = () => state.phones.filter((info) => info.office === chosen || info.office === null);
const unreadBy = (info) => info.chats.reduce((sum, chat) => sum + unreadOf(info, chat), 0);

/** With one office there is nothing to choose. */
function drawOffices() {
  officeRow.hidden = state.offices.length < 2;
  const focused = [...officeRow.children].indexOf(document.activeElement);
  officeRow.replaceChildren(
    ...state.offices.map(({ id, name }) => {
      const unread = id === chosen ? 0 : state.phones.filter((info) => info.office === id).reduce((sum, info) => sum + unreadBy(info), 0);
      return el(
        'button',
        { type: 'button', class: 'office', 'aria-pressed': String(id === chosen), onclick: () => choose(id) },
        name.replace(/ \(contoh\)$/, ''),
        unread ? el('span', { class: 'unread', 'aria-label': `${unread} pesan baru` }, String(unread)) : null,
      );
    }),
  );
  if (focused >= 0) officeRow.children[focused]?.focus({ preventScroll: true });
}
/** Another office's phones take the place of those that stand there. */
function choose(id) {
  if (id === chosen) return;
  for (const other of [...open.keys()]) hide(other);
  chosen = id;
  sessionStorage.setItem('alur-office', id);
  drawOffice();
  for (const info of firstPhones()) show(info);
  drawUnread();
}
function drawOffice() {
  const office = state.offices.find(({ id }) => id === chosen) ?? state.offices[0];
  chosen = office.id;
  document.getElementById('office').textContent = office.name;
  clock.zone(office.timezone, office.id);
  if (guideOf !== chosen) drawGuide();
  guideOf = chosen;
}

function drawStrip() {
  const chips = here().map((info) => {
    const shown = open.has(info.id);
    const unread = unreadBy(info);
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
    const again = here().filter((info) => stored.includes(info.id));
    if (again.length > 0) return again.slice(0, narrow.matches ? 1 : again.length);
  }
  const roles = new Set();
  const first = here().filter((info) => {
    const role = info.roles[0] ?? '';
    if (info.office === null || roles.has(role)) return false;
    roles.add(role);
    return true;
  });
  return first.slice(0, fit);
}

function drawGuide() {
  const maker = here().find((info) => info.office !== null);
  const name = maker ? maker.name.split(' ')[0] : 'staf';
  // With one office it is known what it asks for; of several each runs an SOP of its own.
  const several = state.offices.length > 1;
  const steps = [
    ['Kirim bahan', several ? `Di ponsel ${name}, tulis /kirim, atau ketuk klip kertas dan kirim berkasnya.` : `Di ponsel ${name}, ketuk klip kertas, pilih 4 foto, tulis caption, lalu kirim.`],
    ['Lengkapi', several ? 'Jawab pertanyaan Alur satu per satu, lalu ketuk SERAHKAN atau TUGASKAN.' : 'Jawab pertanyaan Alur satu per satu. Bila lengkap, ketuk SERAHKAN.'],
    ['Periksa', several ? 'Kartu muncul di ponsel yang mendapat giliran: ketuk tombolnya.' : 'Kartu muncul di ponsel peninjau: ketuk DITERIMA, TERIMA, atau TOLAK.'],
    ['Tayangkan', several ? 'Di ponsel penayang: SUDAH TAYANG, lalu kirim tautannya.' : 'Ketuk nama admin di atas untuk membuka ponselnya: SUDAH TAYANG, lalu kirim tautannya.'],
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
  drawOffice();
  clock.set(state.now);
  drawUnread();
}
function drawUnread() {
  for (const info of state.phones) open.get(info.id)?.update(info, (chat) => unreadOf(info, chat));
  drawStrip();
  drawOffices();
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
