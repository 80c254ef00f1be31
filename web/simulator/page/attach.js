// The attach panel: sample pictures to choose, own files, a caption, and one button that sends.
import { post, postForm } from './api.js';
import { el, icon } from './dom.js';

export function attachPanel({ samples, where, done, failed }) {
  let chosen = [];
  let files = [];
  const caption = el('textarea', { rows: '2', placeholder: 'Caption (boleh dikosongkan)', 'aria-label': 'Caption' });
  const count = el('span', { class: 'count', 'aria-live': 'polite' });
  const submit = el('button', { type: 'button', class: 'primary', onclick: send }, 'Kirim');
  const asDocument = el('input', { type: 'checkbox' });
  const picker = el('input', { type: 'file', multiple: true, class: 'unseen', tabindex: '-1', onchange: pick });
  const own = el('button', { type: 'button', class: 'soft', onclick: () => picker.click() }, '📁 Berkas sendiri…');
  const tiles = samples.map(({ index, title }) => choice(String(index), el('img', { src: `/simulator/sample/${index}`, alt: title, loading: 'lazy' })));
  const extras = [choice('video', '▶ Video contoh'), choice('document', '📄 Dokumen contoh')];
  const four = el('button', { type: 'button', class: 'soft', onclick: () => choose(['1', '2', '3', '4']) }, 'Pilih 4 foto');
  const panel = el(
    'div',
    { class: 'attach', role: 'dialog', 'aria-label': 'Lampirkan berkas', hidden: true },
    el('div', { class: 'head' }, el('strong', {}, 'Foto contoh'), four, el('button', { type: 'button', class: 'icon', 'aria-label': 'Tutup lampiran', onclick: close }, icon('close'))),
    el('div', { class: 'samples' }, tiles),
    el('div', { class: 'extras' }, extras, own, picker),
    el('label', { class: 'check' }, asDocument, ' Berkas sendiri dikirim sebagai dokumen'),
    caption,
    el('div', { class: 'foot' }, count, submit),
  );
  caption.addEventListener('input', draw);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });

  function choice(name, content) {
    const badge = el('span', { class: 'badge', 'aria-hidden': 'true' });
    const button = el('button', { type: 'button', class: name.length > 2 ? 'soft' : 'sample', 'aria-pressed': 'false', 'data-name': name }, content, badge);
    button.addEventListener('click', () => choose(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]));
    return button;
  }
  function choose(next) {
    chosen = next;
    draw();
  }
  function pick() {
    files = [...picker.files];
    draw();
  }
  function draw() {
    for (const button of [...tiles, ...extras]) {
      const at = chosen.indexOf(button.dataset.name);
      button.setAttribute('aria-pressed', String(at >= 0));
      button.querySelector('.badge').textContent = at >= 0 ? String(at + 1) : '';
    }
    own.textContent = files.length > 0 ? `📁 ${files.length} berkas sendiri` : '📁 Berkas sendiri…';
    const total = chosen.length + files.length;
    submit.textContent = total > 0 ? `Kirim ${total} berkas` : 'Kirim';
    submit.disabled = total === 0;
    const length = [...new Intl.Segmenter('id', { granularity: 'grapheme' }).segment(caption.value)].length;
    count.textContent = length > 0 ? `caption ${length} karakter` : '';
    four.hidden = chosen.length > 0;
  }
  async function send() {
    submit.disabled = true;
    submit.setAttribute('aria-busy', 'true');
    try {
      let words = caption.value.trim();
      if (chosen.length > 0) {
        await post('samples', { ...where(), items: chosen, caption: words });
        words = '';
      }
      if (files.length > 0) await postForm('files', formOf(words));
      close();
      done();
    } catch (error) {
      failed(error.message);
    }
    submit.removeAttribute('aria-busy');
    draw();
  }
  function formOf(words) {
    const form = new FormData();
    for (const [name, value] of Object.entries(where())) if (value !== undefined) form.set(name, String(value));
    form.set('caption', words);
    form.set('as', asDocument.checked ? 'document' : 'album');
    for (const file of files) form.append('file', file);
    return form;
  }
  function close() {
    panel.hidden = true;
    chosen = [];
    files = [];
    picker.value = '';
    caption.value = '';
    draw();
    panel.dispatchEvent(new CustomEvent('closed'));
  }
  draw();
  return {
    panel,
    toggle() {
      if (!panel.hidden) return close();
      panel.hidden = false;
      (four.hidden ? caption : four).focus({ preventScroll: true });
    },
  };
}
