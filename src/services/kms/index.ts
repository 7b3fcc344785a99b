import type { Kysely } from 'kysely';
import { parseArn } from '../../aws/arn.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import { isSameContext, type EncryptionContext } from './domain/encryption-context.ts';
import type { Grant } from './domain/grant.ts';
import { keyArn } from './domain/key.ts';
import { keysForAcm, type KeysForAcm } from './keys-for-acm.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { KmsPorts } from './ports.ts';
import type { KmsTables } from './schema.ts';
import { KmsReader } from './store.ts';
import { KmsWriter } from './writer.ts';

export { kmsMigrations, type KmsTables } from './schema.ts';
export type { KeysForAcm } from './keys-for-acm.ts';
export type { EndedGrant, KmsPorts } from './ports.ts';

/** The room with its doors: the API, ACM, and those who must know whether grants live. */
export interface Kms {
  readonly service: Service;
  /** ACM's `Keys`. */
  readonly keysForAcm: KeysForAcm;
  readonly grants: Grants;
}

export interface Grants {
  /** As of the last commit. */
  exists(this: void, keyArn: string, grantId: string): Promise<boolean>;
  /** Those of the list that are revoked, retired or unknown, as of the last commit: their grant ids. */
  gone(list: readonly GrantClaim[]): Promise<readonly string[]>;
}

/** A grant that somebody says to live on. */
export interface GrantClaim {
  readonly keyArn: string;
  readonly grantId: string;
  /** When set, a grant with another constraint counts as unknown. */
  readonly encryptionContextEquals?: EncryptionContext;
}

export function createKms(db: Kysely<KmsTables>, others: Omit<KmsPorts, 'reader' | 'writer'>): Kms {
  const ports: KmsPorts = { ...others, reader: new KmsReader(db), writer: new KmsWriter(db) };
  const grants = grantsDoor(ports.reader);
  return {
    service: {
      model,
      signingName: 'kms',
      eventSource: 'kms.amazonaws.com',
      readOnly: new Set([
        'Decrypt',
        'DescribeKey',
        'Encrypt',
        'GenerateDataKey',
        'GenerateRandom',
        'GetKeyPolicy',
        'ListAliases',
        'ListGrants',
        'ListKeyPolicies',
        'ListKeys',
        'ReEncrypt',
      ]),
      isGlobal: false,
      operations: bindOperations(operations, ports),
    },
    keysForAcm: keysForAcm(ports, grants.exists),
    grants,
  };
}

function grantsDoor(reader: KmsReader): Grants {
  const gone: Grants['gone'] = async (list) => {
    const byKey = Map.groupBy(list, (claim) => claim.keyArn);
    const results = await Promise.all(
      [...byKey].map(async ([arn, claims]) => {
        const found = await grantsOfKey(reader, arn, claims);
        return claims.filter((claim) => !isAlive(claim, found.get(claim.grantId)));
      }),
    );
    return results.flat().map(({ grantId }) => grantId);
  };
  return {
    exists: async (arn, grantId) => (await gone([{ keyArn: arn, grantId }])).length === 0,
    gone,
  };
}

async function grantsOfKey(
  reader: KmsReader,
  arn: string,
  claims: readonly GrantClaim[],
): Promise<ReadonlyMap<string, Grant>> {
  const { account, region, resource } = parseArn(arn) ?? {};
  if (account === undefined || region === undefined || resource === undefined) return new Map();
  const key = { account, region, keyId: resource.replace(/^key\//, '') };
  if (keyArn(key) !== arn) return new Map();
  const grants: Grant[] = [];
  // SQL parameters are limited, claims are not.
  for (let start = 0; start < claims.length; start += batchSize) {
    const ids = claims.slice(start, start + batchSize).map(({ grantId }) => grantId);
    grants.push(...(await reader.grantsAmong(key, ids)));
  }
  return new Map(grants.map((grant) => [grant.grantId, grant]));
}

const batchSize = 500;

function isAlive(claim: GrantClaim, grant: Grant | undefined): boolean {
  if (grant === undefined) return false;
  if (claim.encryptionContextEquals === undefined) return true;
  return (
    grant.constraint?.type === 'EncryptionContextEquals' &&
    isSameContext(grant.constraint.context, claim.encryptionContextEquals)
  );
}
