// Serta merta: said at once to everybody who will decide, and on the card itself.
import type { StepView } from '../../src/case/card-view.ts';
import type { Notice } from '../../src/case/outgoing.ts';
import type { Message } from '../channel.ts';
import { caseName } from './named.ts';
import { roleName } from './people.ts';
import { type Line, line, message, said } from './text.ts';

export function urgentAheadMessage(notice: Extract<Notice, { notice: 'urgent-ahead' }>): Message {
  return message([
    line('🚨 SERTA MERTA: ', caseName(notice.named)),
    line('Diserahkan oleh ', said(notice.maker, 80), '. Sekarang pada ', roleName(notice.now), '.'),
    line('Giliran Bapak/Ibu (', roleName(notice.role), ') menyusul; mohon bersiap memutus segera.'),
    line('Waktunya berjalan juga di luar jam kantor.'),
  ]);
}

export function urgentLine({ details }: StepView): Line | null {
  return details?.class === 'serta_merta' ? line('🚨 SERTA MERTA: mohon segera. Waktunya berjalan juga di luar jam kantor.') : null;
}
