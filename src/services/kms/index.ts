import type { Kysely } from 'kysely';
import { parseArn } from '../../aws/arn.ts';
import type { Authority } from '../../aws/authority/authority.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Call } from '../../aws/call.ts';
import { keyPolicy, mayDecrypt } from './authorization.ts';
import { Change } from '../../store/change.ts';
import type { EncryptionContext } from './domain/encryption-context.ts';
import { contextEquals, type Grant } from './domain/grant.ts';
import { keyArn, type Place } from './domain/key.ts';
import { keysForAcm, type KeysForAcm } from './keys-for-acm.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { KmsPorts } from './ports.ts';
import type { KmsTables } from './schema.ts';
import { KmsReader } from './store.ts';
import { KmsWriter } from './writer.ts';

export { kmsAuthoritySets } from './authority-sets.ts';
export { kmsMigrations, type KmsTables } from './schema.ts';
export type { EndedGrant } from './ports.ts';

/** The room with its doors: the API, ACM, and those who must know whether grants live. */
export interface Kms {
  readonly service: Service;
  /** ACM's `Keys`. */
  readonly keysForAcm: KeysForAcm;
  readonly grants: Grants;
  /** The policy of a key; undefined when there is no such key. */
  keyPolicy(arn: string): Promise<PolicyDocument | undefined>;
}

/** Whether grants live, as of the last commit. */
interface Grants {
  exists(this: void, keyArn: string, grantId: string): Promise<boolean>;
  /** Undefined when the grant is revoked, retired or was never there. */
  view(this: void, keyArn: string, grantId: string): Promise<GrantView | undefined>;
  /** Whether Decrypt would let the caller decrypt under this grant now: it lives, and no policy denies it. */
  mayDecrypt(this: void, call: Call, held: HeldGrant): Promise<boolean>;
}

interface HeldGrant {
  readonly keyArn: string;
  readonly grantId: string;
  readonly encryptionContext: EncryptionContext;
}

/** What a grant allows, for those who check that somebody lives on it. */
interface GrantView {
  /** As it is kept: a service by its name, a user or role by the unique id. */
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  /** Of its constraint, when it has one of this type. */
  readonly encryptionContextEquals: EncryptionContext | undefined;
}

export function createKms(
  db: Kysely<KmsTables>,
  { authority, ...others }: Omit<KmsPorts, 'reader' | 'writer'> & { readonly authority: Authority },
): Kms {
  const ports: KmsPorts = {
    ...others,
    reader: new KmsReader(db, authority),
    writer: new KmsWriter(db, authority),
  };
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
    async keyPolicy(arn) {
      const name = keyNamed(arn);
      const key = name && (await ports.reader.key(name, nothingMade));
      if (key === undefined) return undefined;
      const source = { type: 'resource', name: `key policy of ${arn}`, text: key.policy } as const;
      return { ...keyPolicy(key), source };
    },
  };
}

function grantsDoor(reader: KmsReader): Grants {
  const find = async (arn: string, grantId: string): Promise<Grant | undefined> => {
    const key = keyNamed(arn);
    return key === undefined ? undefined : await reader.grant(key, grantId, nothingMade);
  };
  return {
    exists: async (arn, grantId) => (await find(arn, grantId)) !== undefined,
    async view(arn, grantId) {
      const grant = await find(arn, grantId);
      return (
        grant && {
          granteePrincipal: grant.granteePrincipal,
          operations: grant.operations,
          encryptionContextEquals: contextEquals(grant),
        }
      );
    },
    async mayDecrypt(call, { keyArn: arn, grantId, encryptionContext }) {
      const grant = await find(arn, grantId);
      if (grant === undefined) return false;
      const key = await reader.key(grant, nothingMade);
      if (key === undefined) return false;
      return mayDecrypt(call, { reader }, { key, grant, encryptionContext });
    },
  };
}

const nothingMade = new Change();

/** The parts of a key ARN; undefined when it is none. */
function keyNamed(arn: string): (Place & { keyId: string }) | undefined {
  const { account = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const key = { account, region, keyId: resource.replace(/^key\//, '') };
  return keyArn(key) === arn ? key : undefined;
}
