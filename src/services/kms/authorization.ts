import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { ConditionContext, PolicyDocument } from '../../aws/policy/types.ts';
import { principalName } from '../../aws/principal.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import { maxAliasesPerKey } from './domain/alias.ts';
import type { EncryptionContext } from './domain/encryption-context.ts';
import { covers, granteeNames, type Grant } from './domain/grant.ts';
import { readKeyPolicy } from './domain/key-policy.ts';
import { keyArn, type KmsKey } from './domain/key.ts';
import { contextRules } from './grant-digests.ts';
import type { LocatedKey } from './key-id.ts';
import type { GrantOperation } from './model.ts';
import type { KmsPorts } from './ports.ts';
import type { KeyLabels } from './store.ts';

/** What a caller wants to do on a key, besides the action. */
export interface KeyUse {
  readonly encryptionContext?: EncryptionContext;
  /** Condition keys of the operation. */
  readonly context?: ConditionContext;
  /** The operation that a grant can allow; absent for those that only policies can. */
  readonly grantOperation?: GrantOperation;
  /** In the place of the usual test of one grant. */
  readonly isCoveredBy?: (grant: Grant) => boolean;
  /** In the place of the key policy. */
  readonly policy?: PolicyDocument;
}

/** A grant that somebody lives on, and what for. */
interface HeldGrant {
  readonly key: KmsKey;
  readonly grant: Grant;
  readonly encryptionContext: EncryptionContext;
}

/**
 * Asks whether the caller may do `action` on the key: by its policy, by identity policies to which it
 * delegates, or by a grant. What a grant allowed is only kept, and answered, while the grant is there.
 * @throws access-denied, or what `located.asIfAbsent` says in its place
 */
export async function authorizeKey(
  call: Call,
  ports: Pick<KmsPorts, 'reader' | 'writer'>,
  located: LocatedKey,
  action: string,
  use: KeyUse = {},
): Promise<void> {
  const { key } = located;
  const arn = keyArn(key);
  const note = (): void =>
    call.audit.resource({ type: 'AWS::KMS::Key', arn, account: key.account });
  // The caller reads the record, too: of another account's key it says no more than the answer.
  const isHidden = key.account !== call.account;
  if (!isHidden) note();
  const grant = await coveringGrant(call, ports, key, use);
  if (grant !== undefined) ports.writer.requireGrant(call.change, grant);
  try {
    await askPolicies(call, ports, located, { action, ...use, isGranted: grant !== undefined });
  } catch (error) {
    throw isDenial(error) ? (located.asIfAbsent ?? error) : error;
  }
  if (isHidden) note();
}

/**
 * Whether the caller could decrypt under this very grant, by what holds now: what Decrypt would answer. Nothing is
 * noted for the record or the commit.
 */
export async function mayDecrypt(
  call: Call,
  ports: Pick<KmsPorts, 'reader'>,
  { key, grant, encryptionContext }: HeldGrant,
): Promise<boolean> {
  const isGranted =
    granteeNames(call.principal).includes(grant.granteePrincipal) &&
    covers(grant, 'Decrypt', encryptionContext);
  if (!isGranted) return false;
  const use = { encryptionContext, context: symmetric, isGranted };
  try {
    await askPolicies(call, ports, { key }, { action: 'kms:Decrypt', ...use });
    return true;
  } catch (error) {
    if (isDenial(error)) return false;
    throw error;
  }
}

/** Of operations with symmetric keys. */
const symmetric = { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' };

async function askPolicies(
  call: Call,
  { reader }: Pick<KmsPorts, 'reader'>,
  located: LocatedKey,
  use: KeyUse & { readonly action: string; readonly isGranted: boolean },
): Promise<void> {
  const { key } = located;
  const labels = await reader.labels(key);
  await call.authorize(use.action, keyArn(key), {
    resourceAccount: key.account,
    resourcePolicy: use.policy ?? keyPolicy(key),
    resourcePolicyDecides: true,
    isGranted: use.isGranted,
    context: () => ({ ...keyContext(located, labels), ...contextKeys(use), ...use.context }),
  });
}

/** AWS's words for what a policy would say, where the vault or the ciphertext says it. */
export function accessDenied(call: Call, action: string, key: KmsKey): CommonError {
  return new CommonError(
    'access-denied',
    `User: ${principalName(call.principal)} is not authorized to perform: ${action} on resource: ${keyArn(key)}`,
  );
}

function isDenial(error: unknown): boolean {
  return error instanceof CommonError && error.kind === 'access-denied';
}

/** Whether a service asks on somebody's behalf: `kms:GrantIsForAWSResource`. */
export function isForAwsResource(call: Call): ConditionContext {
  return { 'kms:GrantIsForAWSResource': String(call.invokedBy !== undefined) };
}

/** Condition keys that are known before there is a key. */
export function specContext(
  key: Pick<KmsKey, 'keySpec' | 'keyUsage' | 'origin'>,
): ConditionContext {
  return {
    'kms:KeySpec': key.keySpec,
    'kms:KeyUsage': key.keyUsage,
    'kms:KeyOrigin': key.origin,
    'kms:CustomerMasterKeySpec': key.keySpec,
    'kms:CustomerMasterKeyUsage': key.keyUsage,
    'kms:MultiRegion': 'false',
  };
}

function coveringGrant(
  call: Call,
  { reader }: Pick<KmsPorts, 'reader'>,
  key: KmsKey,
  use: KeyUse,
): Soon<Grant | undefined> {
  const { grantOperation, encryptionContext = {} } = use;
  if (grantOperation === undefined) return undefined;
  const isCovered =
    use.isCoveredBy ?? ((grant) => covers(grant, grantOperation, encryptionContext));
  const grants = reader.grantsFor(
    key,
    granteeNames(call.principal),
    contextRules(encryptionContext),
    call.change,
  );
  return soon(grants, (found) => found.find(isCovered));
}

function keyContext({ key, alias }: LocatedKey, { tags, aliases }: KeyLabels): ConditionContext {
  return {
    ...specContext(key),
    ...Object.fromEntries([...tags].map(([name, value]) => [`aws:ResourceTag/${name}`, value])),
    'kms:ResourceAliases': aliases.slice(0, maxAliasesPerKey).map(({ name }) => name),
    'kms:RequestAlias': alias,
  };
}

function contextKeys({ encryptionContext = {} }: KeyUse): ConditionContext {
  return {
    ...Object.fromEntries(
      Object.entries(encryptionContext).map(([name, value]) => [
        `kms:EncryptionContext:${name}`,
        value,
      ]),
    ),
    'kms:EncryptionContextKeys': Object.keys(encryptionContext),
  };
}

const maxParsed = 1000;
const parsed = new Map<string, PolicyDocument>();

/** Policies are read far more often than they change. */
export function keyPolicy(key: KmsKey): PolicyDocument {
  const known = parsed.get(key.policy);
  if (known !== undefined) return known;
  const policy = readKeyPolicy(key.policy);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(key.policy, policy);
  return policy;
}
