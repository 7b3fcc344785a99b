import type { BackingKey } from '../../vault-client/vault.ts';
import type { Alias } from './domain/alias.ts';
import type { Grant, GrantConstraint } from './domain/grant.ts';
import type { KmsKey } from './domain/key.ts';
import { contextRule, sameness } from './grant-digests.ts';
import type { AliasTable, BackingKeyTable, GrantTable, KeyTable } from './schema.ts';

const instant = (milliseconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Number(milliseconds));

export function keyFromRow(row: Omit<KeyTable, 'grant_count'>): KmsKey {
  return {
    account: row.account,
    region: row.region,
    keyId: row.key_id,
    createdAt: instant(row.created_at),
    description: row.description,
    keySpec: row.key_spec as KmsKey['keySpec'],
    keyUsage: row.key_usage as KmsKey['keyUsage'],
    origin: row.origin as KmsKey['origin'],
    keyManager: row.key_manager as KmsKey['keyManager'],
    state: row.key_state as KmsKey['state'],
    policy: row.policy,
    backingKeyId: row.backing_key_id,
  };
}

/** Of a new key. */
export function keyToRow(key: KmsKey): KeyTable {
  return {
    account: key.account,
    region: key.region,
    key_id: key.keyId,
    created_at: key.createdAt.epochMilliseconds,
    description: key.description,
    key_spec: key.keySpec,
    key_usage: key.keyUsage,
    origin: key.origin,
    key_manager: key.keyManager,
    key_state: key.state,
    policy: key.policy,
    backing_key_id: key.backingKeyId,
    grant_count: 0,
  };
}

export function backingKeyFromRow(row: Omit<BackingKeyTable, 'created_at'>): BackingKey {
  return {
    account: row.account,
    region: row.region,
    keyId: row.key_id,
    backingKeyId: row.backing_key_id,
    spec: row.spec as BackingKey['spec'],
    usage: row.usage as BackingKey['usage'],
    wrapped: row.wrapped,
  };
}

export function backingKeyToRow(key: BackingKey, createdAt: Temporal.Instant): BackingKeyTable {
  return {
    account: key.account,
    region: key.region,
    key_id: key.keyId,
    backing_key_id: key.backingKeyId,
    spec: key.spec,
    usage: key.usage,
    wrapped: key.wrapped,
    created_at: createdAt.epochMilliseconds,
  };
}

export function aliasFromRow(row: AliasTable): Alias {
  return {
    account: row.account,
    region: row.region,
    name: row.alias_name,
    keyId: row.key_id,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
  };
}

export function aliasToRow(alias: Alias): AliasTable {
  return {
    account: alias.account,
    region: alias.region,
    alias_name: alias.name,
    key_id: alias.keyId,
    created_at: alias.createdAt.epochMilliseconds,
    updated_at: alias.updatedAt.epochMilliseconds,
  };
}

export function grantFromRow(row: Omit<GrantTable, 'context_rule' | 'sameness'>): Grant {
  return {
    account: row.account,
    region: row.region,
    keyId: row.key_id,
    grantId: row.grant_id,
    name: row.name,
    granteePrincipal: row.grantee_principal,
    issuingAccount: row.issuing_account,
    operations: JSON.parse(row.operations) as Grant['operations'],
    createdAt: instant(row.created_at),
    ...(row.retiring_principal === null ? {} : { retiringPrincipal: row.retiring_principal }),
    ...(row.grant_constraint === null
      ? {}
      : { constraint: JSON.parse(row.grant_constraint) as GrantConstraint }),
  };
}

export function grantToRow(grant: Grant): GrantTable {
  return {
    account: grant.account,
    region: grant.region,
    key_id: grant.keyId,
    grant_id: grant.grantId,
    name: grant.name,
    grantee_principal: grant.granteePrincipal,
    retiring_principal: grant.retiringPrincipal ?? null,
    issuing_account: grant.issuingAccount,
    operations: JSON.stringify(grant.operations),
    grant_constraint: grant.constraint === undefined ? null : JSON.stringify(grant.constraint),
    context_rule: contextRule(grant.constraint),
    sameness: sameness(grant),
    created_at: grant.createdAt.epochMilliseconds,
  };
}
