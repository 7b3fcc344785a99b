import { parseArn, type Arn } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { aliasArn } from './domain/alias.ts';
import { keyArn, type KmsKey } from './domain/key.ts';
import { NotFoundException } from './errors.ts';
import type { KmsPorts } from './ports.ts';

/** A key, and how the caller named it. */
export interface LocatedKey {
  readonly key: KmsKey;
  /** Set when it was named by an alias: `alias/…`. */
  readonly alias?: string;
  /** What a caller of another account hears who may not use the key: the same as if there were none. */
  readonly asIfAbsent?: Error;
}

export interface Locating {
  /** The action that the caller wants to do on the key. */
  readonly action: string;
  /** Operations that use a key take aliases, operations that change it do not. */
  readonly byAlias?: boolean;
  readonly acrossAccounts?: boolean;
}

/**
 * The key that a KeyId names: a key id, a key ARN and, where the operation takes them, an alias name or
 * alias ARN. Of a key in another account nothing is told, not even whether it exists, to who may not use it.
 * @throws NotFoundException, access-denied
 */
export async function locateKey(
  call: Call,
  { reader }: Pick<KmsPorts, 'reader'>,
  keyId: string,
  locating: Locating,
): Promise<LocatedKey> {
  const arn = readKeyId(call, keyId);
  const place = { account: arn.account, region: call.region };
  const isForeign = arn.account !== call.account;
  const name = arn.resource;
  if (name.startsWith('alias/') && locating.byAlias === true) {
    const alias = await reader.alias(place, name, call.change);
    const key = alias && (await reader.key(alias, call.change));
    const absent = aliasNotFound(aliasArn({ ...place, name }));
    if (key === undefined || (isForeign && locating.acrossAccounts !== true)) throw absent;
    return { key, alias: name, ...(isForeign ? { asIfAbsent: absent } : {}) };
  }
  if (!/^key\/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/.test(name))
    throw new NotFoundException(`Invalid keyId '${shown(keyId)}'`);
  const wanted = { ...place, keyId: name.slice('key/'.length) };
  const key = await reader.key(wanted, call.change);
  if (key !== undefined && (!isForeign || locating.acrossAccounts === true)) return { key };
  if (isForeign) {
    await call.authorize(locating.action, keyArn(wanted), {
      resourceAccount: arn.account,
      resourcePolicy: { version: '2012-10-17', statements: [] },
      resourcePolicyDecides: true,
    });
  }
  throw new NotFoundException(`Key '${keyArn(wanted)}' does not exist`);
}

export function aliasNotFound(arn: string): NotFoundException {
  return new NotFoundException(`Alias ${arn} is not found.`);
}

/** @throws NotFoundException */
function readKeyId(call: Call, keyId: string): Arn {
  const own = { partition: 'aws', service: 'kms', region: call.region, account: call.account };
  if (!keyId.startsWith('arn:'))
    return { ...own, resource: keyId.startsWith('alias/') ? keyId : `key/${keyId}` };
  const arn = parseArn(keyId);
  if (arn?.partition !== 'aws' || arn.service !== 'kms' || !/^[0-9]{12}$/.test(arn.account))
    throw new NotFoundException(`Invalid keyId '${shown(keyId)}'`);
  if (arn.region !== call.region) throw new NotFoundException(`Invalid arn ${shown(arn.region)}`);
  return arn;
}

function shown(text: string): string {
  return text.length > 256 ? `${text.slice(0, 256)}…` : text;
}
