// How far a card has come with each of its holders. "Dibuka" is said on a tap only: no platform tells that something was read.
import type { SeenLine } from '../../src/case/viewing.ts';
import type { Instant } from '../../src/time.ts';
import { type Line, line, said } from './text.ts';
import { listMoment } from './time.ts';

const PEOPLE_SHOWN = 8;

const NOT_YET: Record<SeenLine['kind'], string> = {
  receive: 'belum diterima',
  decide: 'belum diputuskan',
  assign: 'belum didisposisi',
  schedule: 'belum dijadwalkan',
  publish: 'belum ditayangkan',
  prepare: 'belum dikerjakan',
};

function progress({ is, at, kind }: SeenLine, timezone: string, now: Instant): string {
  const when = at === null ? '' : listMoment(at, timezone, now);
  switch (is) {
    case 'unbound':
      return 'belum terkirim (belum pernah menulis ke layanan ini)';
    case 'blocked':
      return 'belum terkirim (layanan ini diblokir)';
    case 'waiting':
      return 'belum terkirim';
    case 'sent':
      return `terkirim ${when}, belum dibuka`;
    case 'delivered':
      return `sampai ${when}, belum dibuka`;
    case 'opened':
      return `dibuka ${when}, ${NOT_YET[kind]}`;
    case 'decided':
      return `diputuskan ${when}`;
  }
}

export function seenLinesOf(seen: SeenLine[] | undefined, timezone: string, now: Instant): Line[] {
  const all = seen ?? [];
  return [
    ...all.slice(0, PEOPLE_SHOWN).map((one) => line('• ', said(one.person, 80), `: ${progress(one, timezone, now)}.`)),
    ...(all.length > PEOPLE_SHOWN ? [line(`… dan ${all.length - PEOPLE_SHOWN} lagi.`)] : []),
  ];
}
