import type { Call } from '../../aws/call.ts';
import type { ManagedKeyFacts } from './domain/managed-keys.ts';
import { formatKeyPolicy } from './domain/key-policy.ts';
import { keyArn, type KmsKey } from './domain/key.ts';
import { createGrant } from './grants.ts';
import { newBackingKey } from './key-material.ts';
import type { KmsPorts } from './ports.ts';
import { faultPoint } from '../../lib/fault-points.ts';

type MakingPorts = Pick<KmsPorts, 'reader' | 'writer' | 'vault' | 'principals'>;

/** The AWS managed key of the call's account and Region, if there is one. */
export async function managedKey(
  call: Call,
  { reader }: Pick<KmsPorts, 'reader'>,
  facts: ManagedKeyFacts,
): Promise<KmsKey | undefined> {
  const alias = await reader.alias(call, facts.aliasName, call.change);
  return alias && reader.key(alias, call.change);
}

/**
 * The AWS managed key; it is made, with its alias and the grant of its service, when there is none. The
 * alias is unique, so of many calls that make one at the same time one is kept; the others decide again.
 * @param call made by `via` the service: under the key's policy the grant cannot be made otherwise
 * @throws access-denied when the caller may not create the service's grant
 */
export async function ensureManagedKey(
  call: Call,
  ports: MakingPorts,
  facts: ManagedKeyFacts,
): Promise<KmsKey> {
  const existing = await managedKey(call, ports, facts);
  if (existing !== undefined) return existing;
  const kms = { eventSource: 'kms.amazonaws.com', readOnly: false };
  const key = await call.nested({ ...kms, eventName: 'CreateKey' }, (inner) =>
    makeKey(inner, ports, facts),
  );
  await call.nested({ ...kms, eventName: 'CreateGrant' }, (inner) =>
    makeServiceGrant(inner, ports, facts, key),
  );
  faultPoint('managed-key.made');
  return key;
}

async function makeKey(call: Call, ports: MakingPorts, facts: ManagedKeyFacts): Promise<KmsKey> {
  // AWS makes its own keys: no policy of the account is asked.
  call.needsNoPermission();
  const { account, region } = call;
  const backingKey = await newBackingKey(call, ports, call, facts.backingKeyUsage);
  const now = call.clock.now().round('millisecond');
  const key: KmsKey = {
    account,
    region,
    keyId: backingKey.keyId,
    createdAt: now,
    description: facts.description,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    keyManager: 'AWS',
    state: 'Enabled',
    policy: formatKeyPolicy(facts.policy(call)),
    backingKeyId: backingKey.backingKeyId,
  };
  ports.writer.insertKey(call.change, key, backingKey);
  ports.writer.insertAlias(call.change, {
    account,
    region,
    name: facts.aliasName,
    keyId: key.keyId,
    createdAt: now,
    updatedAt: now,
  });
  call.audit.resource({ type: 'AWS::KMS::Key', arn: keyArn(key), account });
  call.audit.requestParameters({ description: key.description, keySpec: key.keySpec });
  call.audit.responseElements({ keyId: keyArn(key) });
  return key;
}

async function makeServiceGrant(
  call: Call,
  ports: MakingPorts,
  facts: ManagedKeyFacts,
  key: KmsKey,
): Promise<void> {
  const service = facts.principal(call.region);
  await createGrant(
    call,
    ports,
    { key },
    {
      name: '',
      granteePrincipal: service,
      retiringPrincipal: service,
      operations: facts.serviceOperations,
      constraint: undefined,
    },
  );
}
