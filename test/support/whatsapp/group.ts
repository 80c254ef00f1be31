// A group: its members, and who has been given whose key.
import type { BinaryNode } from '@whiskeysockets/baileys';
import { tag } from './connection.ts';
import type { Phone } from './phone.ts';

export interface Group {
  /** `…@g.us` */
  jid: string;
  name: string;
  members: Phone[];
  /** Members whose sender key the linked devices hold already. */
  introduced: Set<Phone>;
}

export function groupNode(group: Group, seconds: number): BinaryNode {
  const [creator] = group.members;
  const members = group.members.map((member) =>
    tag('participant', { jid: member.lid, phone_number: member.pn, ...(member === creator ? { type: 'superadmin' } : {}) }),
  );
  return tag(
    'group',
    {
      id: group.jid.replace('@g.us', ''),
      subject: group.name,
      s_t: String(seconds),
      creation: String(seconds),
      creator: creator?.lid ?? '',
      creator_pn: creator?.pn ?? '',
      addressing_mode: 'lid',
      size: String(group.members.length),
    },
    members,
  );
}
