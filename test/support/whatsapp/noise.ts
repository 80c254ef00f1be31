// The server's half of the Noise XX handshake and of the sealed line after it, with a certificate chain of our own.
import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from '@whiskeysockets/baileys';

const EMPTY = Buffer.alloc(0);
const FAR = 4_102_444_800;

export interface NoiseIdentity {
  keys: KeyPair;
  /** CertChain, encoded: leaf over the static key, intermediate over the leaf. */
  chain: Uint8Array;
}

export function makeNoiseIdentity(): NoiseIdentity {
  const root = Curve.generateKeyPair();
  const intermediate = Curve.generateKeyPair();
  const keys = Curve.generateKeyPair();
  const details = (serial: number, issuerSerial: number, key: Uint8Array) =>
    proto.CertChain.NoiseCertificate.Details.encode({ serial, issuerSerial, key, notBefore: 0, notAfter: FAR }).finish();
  const middle = details(1, 0, intermediate.public);
  const leaf = details(2, 1, keys.public);
  const chain = proto.CertChain.encode({
    leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
    intermediate: { details: middle, signature: Curve.sign(root.private, middle) },
  }).finish();
  return { keys, chain };
}

export interface ClientHello {
  clientStatic: Buffer;
  payload: proto.ClientPayload;
}

export class NoiseResponder {
  private readonly identity: NoiseIdentity;
  private readonly ephemeral = Curve.generateKeyPair();
  private hash: Buffer = Buffer.from(NOISE_MODE);
  private salt: Buffer = this.hash;
  private key: Buffer = this.hash;
  private counter = 0;
  private line: { read: Buffer; write: Buffer; reads: number; writes: number } | null = null;

  constructor(identity: NoiseIdentity) {
    this.identity = identity;
  }

  /** Answers the client's first message. */
  greet(frame: Buffer): Uint8Array {
    const theirs = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral;
    if (!theirs) throw new Error('a handshake without a key');
    for (const part of [NOISE_WA_HEADER, theirs, this.ephemeral.public]) this.mixHash(part);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, theirs));
    const sealedStatic = this.encrypt(this.identity.keys.public);
    this.mixKey(Curve.sharedKey(this.identity.keys.private, theirs));
    const payload = this.encrypt(this.identity.chain);
    return proto.HandshakeMessage.encode({
      serverHello: { ephemeral: this.ephemeral.public, static: sealedStatic, payload },
    }).finish();
  }

  /** Reads the client's second message; from here on the line is sealed. */
  finish(frame: Buffer): ClientHello {
    const finish = proto.HandshakeMessage.decode(frame).clientFinish;
    if (!finish?.static || !finish.payload) throw new Error('a handshake that was not finished');
    const clientStatic = this.decrypt(finish.static);
    this.mixKey(Curve.sharedKey(this.ephemeral.private, clientStatic));
    const payload = proto.ClientPayload.decode(this.decrypt(finish.payload));
    const keys = Buffer.from(hkdf(EMPTY, 64, { salt: this.salt, info: '' }));
    this.line = { read: keys.subarray(0, 32), write: keys.subarray(32), reads: 0, writes: 0 };
    return { clientStatic, payload };
  }

  seal(bytes: Uint8Array): Uint8Array {
    if (!this.line) throw new Error('the line is not sealed yet');
    return aesEncryptGCM(bytes, this.line.write, nonce(this.line.writes++), EMPTY);
  }

  open(bytes: Uint8Array): Buffer {
    if (!this.line) throw new Error('the line is not sealed yet');
    return aesDecryptGCM(bytes, this.line.read, nonce(this.line.reads++), EMPTY);
  }

  private mixHash(bytes: Uint8Array): void {
    this.hash = sha256(Buffer.concat([this.hash, bytes]));
  }

  private mixKey(shared: Uint8Array): void {
    const keys = Buffer.from(hkdf(shared, 64, { salt: this.salt, info: '' }));
    this.salt = keys.subarray(0, 32);
    this.key = keys.subarray(32);
    this.counter = 0;
  }

  private encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.key, nonce(this.counter++), this.hash);
    this.mixHash(sealed);
    return sealed;
  }

  private decrypt(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, this.key, nonce(this.counter++), this.hash);
    this.mixHash(sealed);
    return plain;
  }
}

function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}
