// How a device is linked: the phone scans its QR, or its owner types the code that the device shows.
import { randomBytes } from 'node:crypto';
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  type BinaryNode,
  Curve,
  derivePairingCodeKey,
  generateSignalPubKey,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  hkdf,
  hmacSign,
  type KeyPair,
  proto,
  S_WHATSAPP_NET,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from '@whiskeysockets/baileys';
import { verifySignature } from 'libsignal/src/curve.js';
import { type Connection, tag } from './connection.ts';
import { LinkedDevice, type Registration } from './linked-device.ts';
import type { Phone } from './phone.ts';
import { Trail } from './trail.ts';

const EMPTY = Buffer.alloc(0);

interface LinkCode {
  connection: Connection;
  phone: string;
  wrapped: Buffer;
  /** Set once the owner has typed the code. */
  answer: { owner: Phone; ephemeral: KeyPair; companion: Buffer } | null;
}

interface Unsigned {
  device: LinkedDevice;
  details: Uint8Array;
  owner: Phone;
}

export class Pairing {
  /** Devices whose signature was checked, in order. */
  readonly paired = new Trail<LinkedDevice>();
  /** The number of each device that waits for a code to be typed. */
  readonly codesAsked = new Trail<string>();
  private readonly refs = new Map<string, Connection>();
  private readonly unsigned = new Map<Connection, Unsigned>();
  private codes: LinkCode[] = [];
  private readonly seconds: () => number;

  constructor(seconds: () => number) {
    this.seconds = seconds;
  }

  /** A device without a number has come: it gets what its QR codes are made of. */
  start(connection: Connection): void {
    const refs = Array.from({ length: 6 }, () => `2@${randomBytes(24).toString('base64')}`);
    for (const ref of refs) this.refs.set(ref, connection);
    const parts = refs.map((ref) => tag('ref', {}, Buffer.from(ref)));
    connection.send(tag('iq', { from: S_WHATSAPP_NET, type: 'set', id: 'pair-1', xmlns: 'md' }, [tag('pair-device', {}, parts)]));
  }

  gone(connection: Connection): void {
    for (const [ref, waiting] of this.refs) if (waiting === connection) this.refs.delete(ref);
    this.codes = this.codes.filter((code) => code.connection !== connection);
    this.unsigned.delete(connection);
  }

  /** What the owner's phone does with the QR. Throws when the code is old or not that of the line. */
  scan(qr: string, owner: Phone): LinkedDevice {
    const [ref = '', noise = '', identity = '', secret = ''] = qr.replace(/^https?:\/\/[^/]*\/?[^#?]*[#?]/, '').split(',');
    const connection = this.refs.get(ref);
    if (!connection) throw new Error('this QR is not shown any more');
    const { registration } = registrationOf(connection);
    const matches = identity === registration.identity.toString('base64') && noise === registration.noiseKey.toString('base64');
    if (!matches) throw new Error('the QR names other keys than the line');
    return this.link(connection, owner, secret);
  }

  /** The device asks for a code, or has read the owner's answer to it. Gives what it is answered with. */
  async onLinkCode(connection: Connection, node: BinaryNode): Promise<BinaryNode[] | undefined> {
    if (node.attrs['stage'] === 'companion_hello') {
      const phone = node.attrs['jid'] ?? '';
      const wrapped = bytesOf(node, 'link_code_pairing_wrapped_companion_ephemeral_pub');
      this.codes = [...this.codes.filter((code) => code.phone !== phone), { connection, phone, wrapped, answer: null }];
      this.codesAsked.push(phone);
      return [tag('link_code_companion_reg', { stage: 'companion_hello' }, [tag('link_code_pairing_ref', {}, Buffer.from('ref-1'))])];
    }
    const code = this.codes.find((one) => one.connection === connection);
    if (!code?.answer) throw new Error('a device finishes a code that nobody typed');
    const { owner, ephemeral, companion } = code.answer;
    const bundle = bytesOf(node, 'link_code_pairing_wrapped_key_bundle');
    const shared = Curve.sharedKey(ephemeral.private, companion);
    const key = Buffer.from(hkdf(shared, 32, { salt: bundle.subarray(0, 32), info: 'link_code_pairing_key_bundle_encryption_key' }));
    const plain = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), EMPTY);
    const identity = Curve.sharedKey(owner.identity.private, plain.subarray(0, 32));
    const secret = hkdf(Buffer.concat([shared, identity, plain.subarray(64)]), 32, { info: 'adv_secret' });
    queueMicrotask(() => this.link(connection, owner, Buffer.from(secret).toString('base64')));
    return undefined;
  }

  /** What the owner's phone does with the code of eight letters. Waits until the device has asked for one. A wrong code ends nothing. */
  async enter(code: string, owner: Phone): Promise<void> {
    await this.codesAsked.until((phone) => phone === owner.pn, `a device that waits for a code of ${owner.pn}`);
    const waiting = this.codes.find((one) => one.phone === owner.pn);
    if (!waiting) throw new Error('no device waits for a code any more');
    const { wrapped } = waiting;
    const ephemeral = Curve.generateKeyPair();
    const salt = randomBytes(32);
    const iv = randomBytes(16);
    const companion = aesDecryptCTR(
      wrapped.subarray(48),
      await derivePairingCodeKey(code, wrapped.subarray(0, 32)),
      wrapped.subarray(32, 48),
    );
    waiting.answer = { owner, ephemeral, companion };
    const sealed = aesEncryptCTR(ephemeral.public, await derivePairingCodeKey(code, salt), iv);
    waiting.connection.send(
      tag('notification', { from: S_WHATSAPP_NET, type: 'link_code_companion_reg', id: 'code-1', t: String(this.seconds()) }, [
        tag('link_code_companion_reg', { stage: 'primary_hello' }, [
          tag('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, sealed])),
          tag('primary_identity_pub', {}, owner.identity.public),
          tag('link_code_pairing_ref', {}, Buffer.from('ref-1')),
        ]),
      ]),
    );
  }

  /** The device has signed: it must come again with its new number. */
  finish(connection: Connection, node: BinaryNode): void {
    const unsigned = this.unsigned.get(connection);
    const identity = getBinaryNodeChild(getBinaryNodeChild(node, 'pair-device-sign'), 'device-identity')?.content;
    if (!unsigned || !(identity instanceof Uint8Array)) throw new Error('a signature that nobody asked for');
    const { device, details, owner } = unsigned;
    const { deviceSignature } = proto.ADVSignedDeviceIdentity.decode(identity);
    const signed = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, details, device.identity, owner.identity.public]);
    // Baileys' own check says yes to anything, so the one below it is asked.
    device.signed = verifySignature(generateSignalPubKey(device.identity), signed, Buffer.from(deviceSignature ?? EMPTY));
    if (!device.signed) throw new Error('the device signed wrongly');
    owner.linked.push(device);
    this.paired.push(device);
    connection.streamError(515);
  }

  private link(connection: Connection, owner: Phone, secret: string): LinkedDevice {
    const { registration } = registrationOf(connection);
    const id = owner.nextDeviceId();
    const device = new LinkedDevice(owner, id, registration);
    const details = proto.ADVDeviceIdentity.encode({
      rawId: 1234,
      timestamp: this.seconds(),
      keyIndex: id,
      accountType: 0,
      deviceType: 0,
    }).finish();
    const claim = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, registration.identity]);
    const accountSignature = Curve.sign(owner.identity.private, claim);
    const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: owner.identity.public, accountSignature }).finish();
    const hmac = hmacSign(signed, Buffer.from(secret, 'base64'));
    const identity = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish();
    this.unsigned.set(connection, { device, details, owner });
    connection.send(
      tag('iq', { from: S_WHATSAPP_NET, type: 'set', id: 'pair-2', xmlns: 'md' }, [
        tag('pair-success', {}, [
          tag('device-identity', {}, identity),
          tag('platform', { name: 'android' }),
          tag('device', { jid: device.pn, lid: device.lid }),
        ]),
      ]),
    );
    return device;
  }
}

function registrationOf(connection: Connection): { registration: Registration } {
  const hello = connection.hello;
  const data = hello?.payload.devicePairingData;
  if (!hello || !data?.eIdent || !data.eRegid || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) {
    throw new Error('a device to be linked without its keys');
  }
  return {
    registration: {
      identity: Buffer.from(data.eIdent),
      registrationId: Buffer.from(data.eRegid).readUInt32BE(0),
      signedPreKey: {
        keyId: Buffer.from(data.eSkeyId).readUIntBE(0, 3),
        publicKey: generateSignalPubKey(Buffer.from(data.eSkeyVal)),
        signature: data.eSkeySig,
      },
      noiseKey: hello.clientStatic,
    },
  };
}

function bytesOf(node: BinaryNode, name: string): Buffer {
  const bytes = getBinaryNodeChildBuffer(node, name);
  if (!bytes) throw new Error(`${node.tag} without ${name}`);
  return Buffer.from(bytes);
}
