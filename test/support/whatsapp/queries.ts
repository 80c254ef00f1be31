// What the server answers to a linked device's questions: keys, devices, where files go, settings.
import {
  type BinaryNode,
  generateSignalPubKey,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  getBinaryNodeChildren,
  jidDecode,
} from '@whiskeysockets/baileys';
import { tag } from './connection.ts';
import { type Group, groupNode } from './group.ts';
import type { LinkedDevice } from './linked-device.ts';
import type { Phone } from './phone.ts';

export interface World {
  mediaHost: string;
  phoneOf(jid: string): Phone | undefined;
  groupOf(jid: string): Group | undefined;
  seconds(): number;
}

/** `namespace/type/first child`, which is what a question is told by. */
export function questionOf(node: BinaryNode): string {
  const first = Array.isArray(node.content) ? node.content[0]?.tag : undefined;
  return `${node.attrs['xmlns']}/${node.attrs['type']}/${first ?? '-'}`;
}

/** The content of the answer; `undefined`: a plain yes. */
export async function answerTo(world: World, node: BinaryNode, device: LinkedDevice | null): Promise<BinaryNode[] | undefined> {
  const child = Array.isArray(node.content) ? node.content[0] : undefined;
  switch (questionOf(node)) {
    case 'encrypt/get/count':
      return [tag('count', { value: String(device?.preKeys.length ?? 0) })];
    case 'encrypt/get/digest':
      return [tag('digest', {}, [])];
    case 'encrypt/get/key':
      return [tag('list', {}, await bundles(world, child))];
    case 'encrypt/set/registration':
      device?.preKeys.push(...preKeysOf(node));
      return undefined;
    case 'encrypt/set/rotate':
      if (device) device.signedPreKey = { ...keyOf(getBinaryNodeChild(child, 'skey')), signature: signatureOf(child) };
      return undefined;
    case 'usync/get/usync':
      return [usync(world, child)];
    case 'w:m/set/media_conn':
      return [
        tag('media_conn', { auth: 'test-auth', ttl: '3600', max_buckets: '12' }, [
          tag('host', { hostname: world.mediaHost, maxContentLengthBytes: '104857600' }),
        ]),
      ];
    case 'w:sync:app:state/set/sync':
      return [
        tag(
          'sync',
          {},
          getBinaryNodeChildren(child, 'collection').map(({ attrs }) =>
            tag('collection', { name: attrs['name'] ?? '', version: attrs['version'] ?? '0' }),
          ),
        ),
      ];
    case 'abt/get/props':
      return [tag('props', { protocol: '1', hash: 'test' }, [])];
    case 'blocklist/get/-':
      return [tag('list', {}, [])];
    case 'privacy/get/privacy':
      return [tag('privacy', {}, [tag('category', { name: 'readreceipts', value: 'all' })])];
    case 'w:g2/get/query': {
      const group = world.groupOf(node.attrs['to'] ?? '');
      return group ? [groupNode(group, world.seconds())] : undefined;
    }
    default:
      return undefined;
  }
}

async function bundles(world: World, keys: BinaryNode | undefined): Promise<BinaryNode[]> {
  const found: BinaryNode[] = [];
  for (const { attrs } of getBinaryNodeChildren(keys, 'user')) {
    const jid = attrs['jid'] ?? '';
    const device = world.phoneOf(jid)?.device(jidDecode(jid)?.device ?? 0);
    if (device) found.push(await device.signal.bundle(jid));
  }
  return found;
}

function preKeysOf(node: BinaryNode) {
  return getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'key').map(keyOf);
}

function keyOf(node: BinaryNode | undefined): { keyId: number; publicKey: Uint8Array } {
  const id = getBinaryNodeChildBuffer(node, 'id');
  const value = getBinaryNodeChildBuffer(node, 'value');
  if (!id || !value) throw new Error('a key without its id or value');
  return { keyId: Buffer.from(id).readUIntBE(0, 3), publicKey: generateSignalPubKey(Buffer.from(value)) };
}

function signatureOf(node: BinaryNode | undefined): Uint8Array {
  const signature = getBinaryNodeChildBuffer(getBinaryNodeChild(node, 'skey'), 'signature');
  if (!signature) throw new Error('a signed key without its signature');
  return Buffer.from(signature);
}

/** Who is on WhatsApp, with which devices, and under which other identity. */
function usync(world: World, node: BinaryNode | undefined): BinaryNode {
  const query = getBinaryNodeChild(node, 'query')?.content;
  const asked = Array.isArray(query) ? query.map((one) => one.tag) : [];
  const users = getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'user').map((user) => {
    const number = getBinaryNodeChild(user, 'contact')?.content?.toString().replace('+', '');
    const jid = user.attrs['jid'] ?? `${number}@s.whatsapp.net`;
    const phone = world.phoneOf(jid);
    const parts: BinaryNode[] = [];
    if (asked.includes('contact')) parts.push(tag('contact', { type: phone ? 'in' : 'out' }));
    if (asked.includes('devices')) {
      const devices = (phone?.deviceIds() ?? []).map((id) =>
        tag('device', { id: String(id), ...(id === 0 ? {} : { 'key-index': String(id) }) }),
      );
      parts.push(tag('devices', {}, [tag('device-list', { hash: '2:test' }, devices)]));
    }
    if (asked.includes('lid') && phone && jid.endsWith('@s.whatsapp.net')) parts.push(tag('lid', { val: phone.lid }));
    return tag('user', { jid }, parts);
  });
  const { sid = '', mode = '', context = '' } = node?.attrs ?? {};
  return tag('usync', { sid, mode, context, index: '0', last: 'true' }, [tag('result', {}, []), tag('list', {}, users)]);
}
