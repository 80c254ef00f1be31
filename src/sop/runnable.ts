// What the case engine carries out today. An SOP that asks for more can be read, explained and previewed, but no office may run it:
// a condition that is written down and not kept would be worse than a clear refusal.
import type { Sop, Step } from './sop.ts';

function missingIn(step: Step, first: boolean): string[] {
  switch (step.kind) {
    case 'assign':
      return ['langkah "assign" (penugasan dengan disposisi)'];
    case 'schedule':
      return ['langkah "schedule" (penjadwalan tayang)'];
    case 'prepare': {
      const { informationClass, publicInformation, source, checklist } = step.requires;
      return [
        ...(first ? [] : ['bahan yang diteruskan dari satu pembuat ke pembuat berikutnya']),
        ...(informationClass ? ['klasifikasi informasi'] : []),
        ...(publicInformation ? ['rujukan Daftar Informasi Publik'] : []),
        ...(source ? ['catatan sumber'] : []),
        ...(checklist ? ['daftar periksa pembuat'] : []),
      ];
    }
    case 'decide':
      return [...(step.mayRepair ? ['perbaikan oleh pemutus sendiri'] : []), ...(step.checklist ? ['daftar periksa pemutus'] : [])];
    case 'publish':
      return step.accessibility ? ['syarat bentuk aksesibilitas'] : [];
    case 'receive':
      return [];
  }
}

/** What this SOP asks for and the engine does not do yet; empty when it can be run. */
export function notYetRunnable(sop: Sop): string[] {
  return sop.steps.flatMap((step, i) => missingIn(step, i === 0).map((what) => `${step.id}: ${what}`));
}
