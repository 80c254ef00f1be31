// An office with somebody on both channels, somebody on WhatsApp alone and a supervisor on Telegram.
import type { Office } from '../../src/office/office.ts';
import { office } from './case-world.ts';

/** An office of its own: nobody else's chats are touched. */
export const both: Office = {
  ...office,
  id: 'dua-saluran',
  supervisors: [['wati']],
  groups: [],
  people: [
    { id: 'dewi', name: 'Dewi', roles: ['ketua_ppid_pembantu'], telegram: '9101', whatsapp: '+6281200009101' },
    { id: 'hadi', name: 'Hadi', roles: ['tim_pertimbangan'], whatsapp: '+6281200009102' },
    { id: 'wati', name: 'Wati', roles: [], telegram: '9103' },
  ],
};
export const DEWI_ON_TELEGRAM = { channel: 'telegram', id: '9101' } as const;
export const DEWI = { channel: 'whatsapp', id: '+6281200009101' } as const;
export const HADI = { channel: 'whatsapp', id: '+6281200009102' } as const;
export const WATI = { channel: 'telegram', id: '9103' } as const;
