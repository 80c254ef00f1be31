// The board: how many cases wait at each step and how many are late. It asks for no password, so it shows counts and never content.
import { html } from 'hono/html';

export interface BoardStep {
  office: string;
  sop: string;
  step: string;
  role: string;
  waiting: number;
  late: number;
  /** The next deadline in words, with its zone; `null` when nothing waits or nothing is due. */
  nextDue: string | null;
}

export interface Board {
  steps: BoardStep[];
  published: number;
  /** When it was read, in words. */
  at: string;
}

/** The page, as HTML. */
export function boardPage(board: Board) {
  const waiting = board.steps.reduce((sum, step) => sum + step.waiting, 0);
  const late = board.steps.reduce((sum, step) => sum + step.late, 0);
  const rows = board.steps.map(
    (step) => html`<tr class="${step.late > 0 ? 'late' : ''}">
      <td>${step.office}</td><td>${step.sop}</td><td>${step.step}</td><td>${step.role}</td>
      <td class="n">${step.waiting}</td><td class="n">${step.late}</td><td>${step.nextDue ?? '–'}</td>
    </tr>`,
  );
  return html`<!doctype html>
<html lang="id">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="refresh" content="30">
  <title>Alur · papan</title>
  <link rel="stylesheet" href="/board.css">
</head>
<body>
  <h1>Alur</h1>
  <p>${waiting} konten berjalan, ${late} terlambat, ${board.published} sudah tayang. Dibaca ${board.at}.</p>
  ${
    board.steps.length === 0
      ? html`<p>Belum ada instansi. Terapkan berkas instansi dengan <code>npm run alur -- office apply FILE</code>.</p>`
      : html`<table>
    <thead><tr><th>Instansi</th><th>SOP</th><th>Langkah</th><th>Peran</th><th>Menunggu</th><th>Terlambat</th><th>Tenggat berikut</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>`
  }
</body>
</html>`;
}

export const BOARD_STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1d2733; background: #fff; }
h1 { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #d9dfe6; vertical-align: top; }
td.n { font-variant-numeric: tabular-nums; }
tr.late td { background: #fdeceb; }
`;
