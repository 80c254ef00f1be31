// Sample files to send from a phone: pictures of an invented pasar murah, a video by its first bytes, a small PDF. The same index gives the same bytes.
import sharp from 'sharp';

interface Scene {
  title: string;
  sky: [string, string];
  ground: string;
  /** What stands in the middle. */
  figure(): string;
}

const AWNINGS = ['#d94f45', '#e9a23b', '#3f8f6b', '#3c6fb0', '#8a5aa8'];

function stall(x: number, y: number, color: string, goods: string): string {
  const stripes = [0, 2, 4].map((i) => `<rect x="${x + i * 40}" y="${y}" width="40" height="52" fill="${color}"/>`).join('');
  const piles = [0, 1, 2, 3].map((i) => `<circle cx="${x + 34 + i * 46}" cy="${y + 142}" r="21" fill="${goods}"/>`).join('');
  return `<g><rect x="${x + 8}" y="${y + 40}" width="8" height="200" fill="#6d5138"/><rect x="${x + 184}" y="${y + 40}" width="8" height="200" fill="#6d5138"/>
  <rect x="${x}" y="${y}" width="200" height="52" rx="6" fill="#fff6e6"/>${stripes}${piles}<rect x="${x + 4}" y="${y + 154}" width="192" height="86" rx="6" fill="#a9764a"/></g>`;
}

function person(x: number, y: number, shirt: string, hair: string): string {
  return `<g><circle cx="${x}" cy="${y}" r="27" fill="#d9a77c"/><path d="M${x - 29} ${y - 3} a29 29 0 0 1 58 0 q-29 -22 -58 0z" fill="${hair}"/>
  <path d="M${x - 46} ${y + 130} v-58 q0 -40 46 -40 q46 0 46 40 v58z" fill="${shirt}"/></g>`;
}

function sack(x: number, y: number, label: string): string {
  return `<g><path d="M${x} ${y} q50 -26 100 0 l10 130 q-60 18 -120 0z" fill="#f3ead6" stroke="#c8b48b" stroke-width="4"/>
  <text x="${x + 50}" y="${y + 78}" font-size="30" font-family="DejaVu Sans, sans-serif" font-weight="700" fill="#8a5a2b" text-anchor="middle">${label}</text></g>`;
}

const SCENES: Scene[] = [
  {
    title: 'Lapak pasar murah',
    sky: ['#9fd3f0', '#eaf7ff'],
    ground: '#cdbb93',
    figure: () =>
      AWNINGS.slice(0, 4)
        .map((color, i) => stall(60 + i * 225, 290, color, ['#e0562f', '#f2c14e', '#7fae4b', '#b0413e'][i] ?? color))
        .join(''),
  },
  {
    title: 'Warga mengantre',
    sky: ['#ffd9a0', '#fff3dc'],
    ground: '#b7c79b',
    figure: () =>
      [0, 1, 2, 3, 4, 5]
        .map((i) => person(130 + i * 140, 360 + (i % 2) * 26, AWNINGS[i % 5] ?? '#555', i % 3 === 0 ? '#f0e9e0' : '#3a2a22'))
        .join(''),
  },
  {
    title: 'Beras 5 kg',
    sky: ['#c9e4c5', '#f4fbf1'],
    ground: '#9c7a52',
    figure: () => [0, 1, 2, 3, 4].map((i) => sack(110 + i * 160, 410 - (i % 2) * 24, 'BERAS')).join(''),
  },
  {
    title: 'Sambutan pembukaan',
    sky: ['#f3c7c0', '#fff1ee'],
    ground: '#8f6f63',
    figure: () =>
      `<rect x="120" y="120" width="720" height="150" rx="14" fill="#b5443c"/><text x="480" y="214" font-size="62" font-family="DejaVu Sans, sans-serif" font-weight="700" fill="#fff" text-anchor="middle">PASAR MURAH</text>${person(480, 356, '#3c6fb0', '#3a2a22')}<rect x="410" y="440" width="140" height="150" rx="8" fill="#7a5236"/>`,
  },
  {
    title: 'Minyak goreng',
    sky: ['#fbe6a4', '#fffaf0'],
    ground: '#a58f6f',
    figure: () =>
      [0, 1, 2, 3, 4, 5]
        .map(
          (i) =>
            `<g><rect x="${150 + i * 115}" y="360" width="72" height="180" rx="20" fill="#f0b429"/><rect x="${170 + i * 115}" y="322" width="32" height="44" rx="6" fill="#c7432f"/><rect x="${150 + i * 115}" y="424" width="72" height="58" fill="#fff8dd"/></g>`,
        )
        .join(''),
  },
  {
    title: 'Timbangan ulang',
    sky: ['#b9c7f0', '#f2f5ff'],
    ground: '#8793ad',
    figure: () =>
      `<rect x="300" y="470" width="360" height="80" rx="12" fill="#51607d"/><circle cx="480" cy="380" r="112" fill="#fff" stroke="#51607d" stroke-width="14"/><path d="M480 380 L540 310" stroke="#d94f45" stroke-width="12" stroke-linecap="round"/><circle cx="480" cy="380" r="13" fill="#d94f45"/>${person(170, 372, '#3f8f6b', '#3a2a22')}${person(800, 372, '#e9a23b', '#f0e9e0')}`,
  },
  {
    title: 'Sayur dari petani',
    sky: ['#a8e0d1', '#effbf7'],
    ground: '#7a9a5a',
    figure: () =>
      [0, 1, 2, 3]
        .map(
          (i) =>
            `<g><path d="M${110 + i * 200} 420 h160 l-20 130 h-120z" fill="#a9764a"/>${[0, 1, 2].map((j) => `<circle cx="${145 + i * 200 + j * 46}" cy="${404 - (j % 2) * 20}" r="34" fill="${['#d94f45', '#6aa84f', '#f2994a', '#8a5aa8'][i]}"/>`).join('')}</g>`,
        )
        .join(''),
  },
  {
    title: 'Penyerahan paket',
    sky: ['#e2c9f0', '#faf3ff'],
    ground: '#a08bb0',
    figure: () =>
      `${person(330, 340, '#3c6fb0', '#3a2a22')}${person(630, 340, '#d94f45', '#f0e9e0')}<rect x="410" y="420" width="140" height="104" rx="8" fill="#e9a23b"/><path d="M480 420 v104 M410 470 h140" stroke="#fff6e6" stroke-width="12"/>`,
  },
];

export const SAMPLE_PHOTOS = SCENES.length;

function sceneSvg(index: number): string {
  const scene = SCENES[(index - 1) % SCENES.length] ?? SCENES[0];
  if (!scene) return '';
  const sun = 110 + ((index * 173) % 740);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 960 720">
  <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${scene.sky[0]}"/><stop offset="1" stop-color="${scene.sky[1]}"/></linearGradient></defs>
  <rect width="960" height="720" fill="url(#sky)"/><circle cx="${sun}" cy="92" r="46" fill="#fff4c2" opacity="0.9"/>
  <path d="M0 250 Q160 190 330 245 T660 235 T960 250 V560 H0z" fill="#ffffff" opacity="0.35"/>
  <rect y="520" width="960" height="200" fill="${scene.ground}"/>${scene.figure()}
  <rect y="640" width="960" height="80" fill="#1f2a37" opacity="0.82"/>
  <text x="480" y="693" font-size="38" font-family="DejaVu Sans, sans-serif" font-weight="700" fill="#ffffff" text-anchor="middle">${index} · ${scene.title}</text></svg>`;
}

export function sampleTitle(index: number): string {
  return SCENES[(index - 1) % SCENES.length]?.title ?? '';
}

/** JPEG, 960 × 720; `index` from 1. Beyond the eighth the scenes come again with another number. */
export function samplePhoto(index: number): Promise<Buffer> {
  return sharp(Buffer.from(sceneSvg(index)))
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** Not playable: an MP4's first box, and bytes up to `size`. */
export function sampleVideo(index: number, size = 4096): Buffer {
  const head = Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex');
  const video = Buffer.alloc(Math.max(size, head.length + 8), index % 256);
  head.copy(video);
  video.writeUInt32BE(video.length - head.length, head.length);
  video.write('mdat', head.length + 4, 'latin1');
  return video;
}

/** A PDF of one page. */
export function sampleDocument(title = 'Undangan Pasar Murah (contoh)'): Buffer {
  const content = `BT /F1 20 Tf 60 760 Td (${title.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
