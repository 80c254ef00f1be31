// The office's clock: what it says now, and moving it.
import { announce } from './dom.js';
import { post } from './api.js';

const SHIFT_SHOWN_MS = 90_000;
const narrow = window.matchMedia('(max-width: 719px)');

export function startClock({ onMoved, onRefused }) {
  let offset = 0;
  let zone = 'Asia/Jakarta';
  let office = null;
  const at = () => Date.now() + offset;
  const part = (options) => new Intl.DateTimeFormat('id-ID', { timeZone: zone, ...options }).format(at());
  const shiftText = () => {
    if (Math.abs(offset) < SHIFT_SHOWN_MS) return 'waktu nyata';
    if (narrow.matches) return `${offset > 0 ? '+' : '−'}${Math.max(1, Math.round(Math.abs(offset) / 3_600_000))} jam`;
    const hours = Math.round(Math.abs(offset) / 3_600_000);
    const days = Math.floor(hours / 24);
    const words = days > 0 ? `${days} hari${hours % 24 ? ` ${hours % 24} jam` : ''}` : `${Math.max(1, hours)} jam`;
    return offset > 0 ? `dimajukan ${words}` : `dimundurkan ${words}`;
  };
  const draw = () => {
    document.getElementById('clock-date').textContent = part(narrow.matches ? { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } : { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    document.getElementById('clock-time').textContent = `pukul ${part({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })}`;
    const shift = document.getElementById('clock-shift');
    shift.textContent = shiftText();
    shift.classList.toggle('moved', Math.abs(offset) >= SHIFT_SHOWN_MS);
  };
  const set = (now) => {
    offset = now - Date.now();
    draw();
  };
  const move = async (button) => {
    button.disabled = true;
    try {
      const { now } = await post('clock', { to: button.dataset.to, office });
      set(now);
      announce(`Jam kantor sekarang ${document.getElementById('clock-date').textContent}, ${document.getElementById('clock-time').textContent}`);
      onMoved();
    } catch (error) {
      onRefused(error.message);
    }
    button.disabled = false;
  };
  for (const button of document.querySelectorAll('.moves button')) button.addEventListener('click', () => void move(button));
  setInterval(draw, 1000);
  return {
    set,
    zone: (name, id) => {
      zone = name;
      office = id;
    },
    time: (ms) => new Intl.DateTimeFormat('id-ID', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(ms),
    day: (ms) => new Intl.DateTimeFormat('id-ID', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms),
  };
}
