import { hash } from 'node:crypto';
import type { Call } from '../../aws/call.ts';
import { principalName } from '../../aws/principal.ts';
import type { BackingKey, BackingKeyUsage } from '../../vault-client/vault.ts';
import type { Place } from './domain/key.ts';
import type { KmsPorts } from './ports.ts';

type MaterialName = Pick<BackingKey, 'keyId' | 'backingKeyId'>;

/** Of keys in use: they are the same objects for as long as they are in memory. */
const materialIds = new WeakMap<MaterialName, string>();

/** KeyMaterialId and CurrentKeyMaterialId: 64 hex digits that name one generation of a key's material. */
export function keyMaterialId(key: MaterialName): string {
  let id = materialIds.get(key);
  if (id === undefined) {
    id = hash('sha256', `${key.keyId} ${key.backingKeyId}`);
    materialIds.set(key, id);
  }
  return id;
}

/** Has the vault make the material of a new key. */
export async function newBackingKey(
  call: Call,
  { vault }: Pick<KmsPorts, 'vault'>,
  { account, region }: Place,
  usage: BackingKeyUsage,
): Promise<BackingKey> {
  const name = {
    account,
    region,
    keyId: call.random.uuid(),
    backingKeyId: call.random.uuid(),
    spec: 'SYMMETRIC_DEFAULT',
    usage,
  } as const;
  const claim = { principal: principalName(call.principal) };
  const { wrapped, receipt } = await vault.createBackingKey(name, claim);
  call.audit.receipt(receipt);
  return { ...name, wrapped };
}
