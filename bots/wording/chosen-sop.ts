// Another SOP was chosen for a draft: what of it is of no use there.
import type { Unfit } from '../../src/case/counts.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { caseName } from './named.ts';
import { countsText, detailName, kindName } from './terms.ts';
import { type Line, line, listed, message, said } from './text.ts';

/** Files that stay in the draft without counting, and why. */
export function unfitLine(unfit: Unfit): Line {
  const why = unfit.takes.length === 0 ? ['penugasan tidak memuat berkas'] : ['SOP ini menerima ', ...listed(unfit.takes.map(kindName))];
  return line(`⚠️ ${countsText(unfit)} tidak dihitung dan tidak ikut diserahkan: `, ...why, '.');
}

export function sopChosenMessage({ named, sop, unfit, dropped }: Notice & { notice: 'sop-chosen' }): Message {
  return message([
    line('📝 ', caseName(named)),
    line('Kini mengikuti SOP ', said(sop, 120), '.'),
    unfit === undefined ? null : unfitLine(unfit),
    dropped.length === 0 ? null : line('Tidak dipakai pada SOP ini: ', ...listed(dropped.map(detailName)), '.'),
  ]);
}
