import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { duplexPair } from 'node:stream';
import type { Clock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { signRecipientDocument } from '../lib/recipient-document-signature.ts';
import { connectVault, connectVaultControl, type VaultClient } from '../vault-client/client.ts';
import type { BackingKey, BackingKeyUsage, VaultControl } from '../vault-client/vault.ts';
import { VaultCore } from './core.ts';
import { serveChannel } from './server.ts';

/** A backing key for the private keys of certificates, always the same. */
export const acmKeyName = {
  account: '111122223333',
  region: 'eu-west-1',
  keyId: '0c4f3c1a-7a0e-4f7e-9d3a-2b1c0d9e8f70',
  backingKeyId: '5a6b7c8d-9e0f-4a1b-8c2d-3e4f5a6b7c8d',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'acm-private-key',
} as const;

export const claim = { principal: 'arn:aws:iam::111122223333:user/alice' };
export const context = { 'aws:acm:arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/x' };

/** A vault in this process, behind the same frames as the real one. */
export class TestVault {
  now = Temporal.Instant.from('2026-05-01T12:00:00Z');
  readonly core: VaultCore;
  readonly client: VaultClient;
  readonly control: VaultControl;

  constructor(rootKey = new Uint8Array(32).fill(1)) {
    const clock: Clock = { now: () => this.now, monotonic: () => 0 };
    this.core = new VaultCore(rootKey, clock, systemRandom);
    this.client = this.connect();
    const [near, far] = duplexPair();
    serveChannel(far, 'control', this.core, silentLog);
    this.control = connectVaultControl(near);
  }

  connect(): VaultClient {
    const [near, far] = duplexPair();
    serveChannel(far, 'client', this.core, silentLog);
    return connectVault(near);
  }

  async backingKey(usage: BackingKeyUsage, changes: Partial<BackingKey> = {}): Promise<BackingKey> {
    const name = {
      account: '111122223333',
      region: 'eu-west-1',
      keyId: systemRandom.uuid(),
      backingKeyId: systemRandom.uuid(),
      spec: 'SYMMETRIC_DEFAULT',
      usage,
      ...changes,
    } as const;
    const { wrapped } = await this.client.createBackingKey(name, claim);
    return { ...name, wrapped };
  }

  /** An enrolled holder with an ephemeral key; `document` can be asked to be of another time or another signer. */
  async holder(holderId = 'gateway-1') {
    const identity = generateKeyPairSync('ed25519');
    const ephemeral = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await this.control.enrolHolder({ holderId, publicKey: spki(identity.publicKey) });
    return {
      holderId,
      ephemeral,
      document: ({
        time = this.now,
        signer = identity.privateKey,
        publicKey = spki(ephemeral.publicKey) as Uint8Array,
        nonce = systemRandom.bytes(16),
      } = {}) => signRecipientDocument({ holderId, publicKey, time, nonce }, signer),
    };
  }
}

export function spki(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ type: 'spki', format: 'der' });
}
