// What a supervisor's reminder and his handing over say, to whom it concerns.
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { button, onePerRow } from './buttons.ts';
import type { WordingContext } from './context.ts';
import { freeLabel } from './labels.ts';
import { caseName } from './named.ts';
import { readable } from './terms.ts';
import { type Line, line, message, said } from './text.ts';
import { duration, nearMoment } from './time.ts';

type Of<K extends Notice['notice']> = Extract<Notice, { notice: K }>;

function dueLine({ dueAt, lateMs, now, named }: Of<'nudged' | 'reassigned'>, context: WordingContext): Line | null {
  if (dueAt === null) return null;
  const late = now < dueAt ? '' : lateMs < 1000 ? ' Sudah terlambat.' : ` Terlambat ${duration(lateMs)}.`;
  return line(`Tenggat: ${nearMoment(dueAt, named.timezone, context.now)}.${late}`);
}

export function nudgedMessage(notice: Of<'nudged'>, context: WordingContext): Message {
  return message([
    line('🔔 Diingatkan oleh ', said(notice.person, 80), ': ', caseName(notice.named)),
    line('Langkah: ', said(readable(notice.step), 160)),
    dueLine(notice, context),
    line('Mohon segera diselesaikan. Kartunya ada di obrolan ini.'),
  ]);
}

export function reassignMessage({ named, step, index, candidates }: Of<'reassign'>, context: WordingContext): Message {
  const place = { case: named.case, index };
  const buttons = candidates.map(({ item, name }, at) =>
    button(context, place, 'reassignTo', { item, label: freeLabel(`${at + 1}. ${name}`, 'Pegawai') }),
  );
  return message(
    [line('👤 Alihkan kepada siapa? ', caseName(named)), line('Langkah: ', said(readable(step), 160)), line('Pilih salah satu tombol.')],
    onePerRow(buttons),
  );
}

export function reassignedMessage(notice: Of<'reassigned'>, context: WordingContext): Message {
  const step = line('Langkah: ', said(readable(notice.step), 160));
  if (notice.to === 'new')
    return message([
      line('👤 Dialihkan kepada Anda oleh ', said(notice.by, 80), ': ', caseName(notice.named)),
      step,
      dueLine(notice, context),
      line('Berkas dan kartunya menyusul di obrolan ini.'),
    ]);
  return message([
    line('👤 Dialihkan oleh ', said(notice.by, 80), ' kepada ', said(notice.person, 80), ': ', caseName(notice.named)),
    step,
    line('Siapa yang lebih dahulu menyelesaikan, itu yang tercatat.'),
  ]);
}
