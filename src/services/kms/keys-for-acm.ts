import type { Call } from '../../aws/call.ts';
import type { Sealed, Secret } from '../../lib/secret.ts';
import { VaultRefusal, type BackingKey, type PrivateKeySpec } from '../../vault-client/vault.ts';
import { authorizeKey } from './authorization.ts';
import { aliasArn } from './domain/alias.ts';
import type { EncryptionContext } from './domain/encryption-context.ts';
import { keyArn, refuseState, type KmsKey } from './domain/key.ts';
import { acmManagedKey } from './domain/managed-keys.ts';
import { ValidationException } from './errors.ts';
import { createGrant, endGrant, retirableGrant } from './grants.ts';
import { aliasNotFound, locateKey } from './key-id.ts';
import { ensureManagedKey, managedKey } from './managed-key.ts';
import type { KmsPorts } from './ports.ts';
import { reEncrypt } from './re-encrypt.ts';
import { backingKeyOf, currentBackingKey, useVault } from './vault-use.ts';

type PrivateKeyCiphertext = Sealed<'private-key'>;
interface Sealing {
  readonly keyArn: string;
  readonly ciphertext: PrivateKeyCiphertext;
}

/**
 * The door for ACM, which holds its certificates' private keys under `alias/aws/acm`. Nothing is allowed
 * by coming through here: every method asks the key's policy and grants for the call's principal, and
 * leaves an audit record of its own beside the caller's. All write into `call.change`.
 */
export interface KeysForAcm {
  /** @throws access-denied when the caller (a call made by `via`) may not create ACM's encryption grant */
  ensureManagedKey(call: Call): Promise<{ readonly keyArn: string }>;
  /** A key pair whose private half is only ever seen by the vault. Event `Encrypt`. */
  generatePrivateKey(
    call: Call,
    input: { keySpec: PrivateKeySpec; context: EncryptionContext; isExportable: boolean },
  ): Promise<Sealing & { publicKey: Uint8Array }>;
  /**
   * Event `Encrypt`.
   * @param input.pem disposed by the vault's client
   * @throws VaultRefusal with reason `private-key-…`
   */
  importPrivateKey(
    call: Call,
    input: { pem: Secret; publicKey: Uint8Array; context: EncryptionContext },
  ): Promise<Sealing>;
  /** Event `SignCertificateRequest`, under the permission to Encrypt: see the README. */
  signCsr(
    call: Call,
    input: Sealing & { context: EncryptionContext; requestInfo: Uint8Array },
  ): Promise<{ csr: Uint8Array }>;
  /** Event `ReEncrypt`. */
  reEncryptPrivateKey(
    call: Call,
    input: Sealing & { from: EncryptionContext; to: EncryptionContext },
  ): Promise<{ ciphertext: PrivateKeyCiphertext }>;
  /** Event `Decrypt`. PEM `ENCRYPTED PRIVATE KEY`. Disposes the passphrase. */
  exportPrivateKey(
    call: Call,
    input: Sealing & { context: EncryptionContext; passphrase: Secret },
  ): Promise<{ pem: string }>;
  /** Event `CreateGrant`, as the caller: a Deny on kms:CreateGrant stops it. */
  createGrant(
    call: Call,
    input: {
      keyArn: string;
      name: string;
      granteePrincipal: string;
      retiringPrincipal: string;
      operations: readonly 'Decrypt'[];
      encryptionContextEquals: EncryptionContext;
    },
  ): Promise<{ grantId: string }>;
  /** Event `RetireGrant`. A grant that is already gone is no error. */
  retireGrant(call: Call, input: { keyArn: string; grantId: string }): Promise<void>;
  /** As of the last commit. */
  grantExists(this: void, keyArn: string, grantId: string): Promise<boolean>;
}

export function keysForAcm(ports: KmsPorts, grantExists: KeysForAcm['grantExists']): KeysForAcm {
  return {
    ensureManagedKey: async (call) => ({
      keyArn: keyArn(await ensureManagedKey(call, ports, acmManagedKey)),
    }),
    generatePrivateKey: (call, { keySpec, context, isExportable }) =>
      encrypting(call, ports, context, async (inner, key, backingKey) => {
        const options = { isExportable, ready: ports.readyKeys?.take(keySpec) };
        const { ciphertext, publicKey } = await useVault(inner, 'kms:Encrypt', key, (claim) =>
          ports.vault.generatePrivateKey(backingKey, keySpec, context, options, claim),
        );
        return { ciphertext, publicKey, keyArn: keyArn(key) };
      }),
    importPrivateKey: (call, input) => importPrivateKey(call, ports, input),
    signCsr: (call, input) => signCsr(call, ports, input),
    reEncryptPrivateKey: (call, input) => reEncryptPrivateKey(call, ports, input),
    exportPrivateKey: (call, input) => exportPrivateKey(call, ports, input),
    createGrant: (call, input) => createAcmGrant(call, ports, input),
    retireGrant: (call, input) => retireAcmGrant(call, ports, input),
    grantExists,
  };
}

/** What AWS's ACM does by Encrypt: a private key becomes a ciphertext of `alias/aws/acm`. */
function encrypting<Answer>(
  call: Call,
  ports: KmsPorts,
  context: EncryptionContext,
  work: (inner: Call, key: KmsKey, backingKey: BackingKey) => Promise<Answer>,
): Promise<Answer> {
  return call.nested(event('Encrypt'), async (inner) => {
    const alias = aliasArn({ ...placeOf(inner), name: acmManagedKey.aliasName });
    inner.audit.requestParameters({ keyId: alias, encryptionContext: context });
    const key = await managedKey(inner, ports, acmManagedKey);
    if (key === undefined) throw aliasNotFound(alias);
    await authorizeKey(inner, ports, { key, alias: acmManagedKey.aliasName }, 'kms:Encrypt', {
      grantOperation: 'Encrypt',
      encryptionContext: context,
      context: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' },
    });
    refuseState(key, 'use');
    return work(inner, key, await currentBackingKey(inner, ports, key));
  });
}

async function importPrivateKey(
  call: Call,
  ports: KmsPorts,
  { pem, publicKey, context }: Parameters<KeysForAcm['importPrivateKey']>[1],
): Promise<Sealing> {
  let refusal: VaultRefusal | undefined;
  try {
    return await encrypting(call, ports, context, async (inner, key, backingKey) => {
      const { ciphertext } = await useVault(inner, 'kms:Encrypt', key, (claim) =>
        ports.vault.importPrivateKey(backingKey, pem, publicKey, context, claim),
      ).catch((error: unknown) => {
        // The record of this Encrypt says it in KMS's words, ACM hears the reason itself.
        if (!(error instanceof VaultRefusal)) throw error;
        refusal = error;
        throw new ValidationException('The private key cannot be taken in.');
      });
      return { ciphertext, keyArn: keyArn(key) };
    });
  } catch (error) {
    throw refusal ?? error;
  }
}

function signCsr(
  call: Call,
  ports: KmsPorts,
  input: Parameters<KeysForAcm['signCsr']>[1],
): Promise<{ csr: Uint8Array }> {
  return call.nested(event('SignCertificateRequest'), async (inner) => {
    const { context, ciphertext, requestInfo } = input;
    inner.audit.requestParameters({ keyId: input.keyArn, encryptionContext: context });
    const { key, backingKey } = await usableKey(inner, ports, 'Encrypt', input);
    return useVault(inner, 'kms:Encrypt', key, (claim) =>
      ports.vault.signCsr(backingKey, ciphertext, context, requestInfo, claim),
    );
  });
}

function reEncryptPrivateKey(
  call: Call,
  ports: KmsPorts,
  input: Parameters<KeysForAcm['reEncryptPrivateKey']>[1],
): Promise<{ ciphertext: PrivateKeyCiphertext }> {
  return call.nested(event('ReEncrypt'), async (inner) => {
    const { from, to } = input;
    inner.audit.requestParameters({
      sourceEncryptionContext: from,
      sourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      destinationKeyId: input.keyArn,
      destinationEncryptionContext: to,
      destinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
    const { key } = await locateKey(inner, ports, input.keyArn, { action: 'kms:ReEncryptFrom' });
    const { ciphertext } = await reEncrypt(
      inner,
      ports,
      { located: { key }, ciphertext: input.ciphertext, context: from },
      { located: { key }, context: to },
    );
    // Under a key of this usage the vault only re-encrypts private keys.
    return { ciphertext: ciphertext as PrivateKeyCiphertext };
  });
}

async function exportPrivateKey(
  call: Call,
  ports: KmsPorts,
  input: Parameters<KeysForAcm['exportPrivateKey']>[1],
): Promise<{ pem: string }> {
  using passphrase = input.passphrase;
  return await call.nested(event('Decrypt'), async (inner) => {
    const { context, ciphertext } = input;
    inner.audit.requestParameters({
      encryptionContext: context,
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
    const { key, backingKey } = await usableKey(inner, ports, 'Decrypt', input);
    return useVault(inner, 'kms:Decrypt', key, (claim) =>
      ports.vault.exportPrivateKey(backingKey, ciphertext, context, passphrase, claim),
    );
  });
}

/** The key of a private key's ciphertext, for a call that may do with it what `operation` may. */
async function usableKey(
  call: Call,
  ports: KmsPorts,
  operation: 'Encrypt' | 'Decrypt',
  { keyArn: arn, ciphertext, context }: Sealing & { context: EncryptionContext },
): Promise<{ key: KmsKey; backingKey: BackingKey }> {
  const action = `kms:${operation}`;
  const { key } = await locateKey(call, ports, arn, { action });
  await authorizeKey(call, ports, { key }, action, {
    grantOperation: operation,
    encryptionContext: context,
  });
  refuseState(key, 'use');
  return { key, backingKey: await backingKeyOf(call, ports, key, ciphertext) };
}

function createAcmGrant(
  call: Call,
  ports: KmsPorts,
  input: Parameters<KeysForAcm['createGrant']>[1],
): Promise<{ grantId: string }> {
  return call.nested(event('CreateGrant', false), async (inner) => {
    const located = await locateKey(inner, ports, input.keyArn, { action: 'kms:CreateGrant' });
    return createGrant(inner, ports, located, {
      name: input.name,
      granteePrincipal: input.granteePrincipal,
      retiringPrincipal: input.retiringPrincipal,
      operations: input.operations,
      constraint: { type: 'EncryptionContextEquals', context: input.encryptionContextEquals },
    });
  });
}

async function retireAcmGrant(
  call: Call,
  ports: KmsPorts,
  { keyArn: arn, grantId }: { keyArn: string; grantId: string },
): Promise<void> {
  const { key } = await locateKey(call, ports, arn, { action: 'kms:RetireGrant' });
  if ((await ports.reader.grant(key, grantId, call.change)) === undefined) return;
  await call.nested(event('RetireGrant', false), async (inner) => {
    inner.audit.requestParameters(null);
    inner.audit.additional({ grantId });
    endGrant(inner, ports, await retirableGrant(inner, ports, key, grantId), key);
    inner.audit.responseElements({ keyId: arn });
  });
}

function event(eventName: string, readOnly = true) {
  return { eventSource: 'kms.amazonaws.com', eventName, readOnly };
}

function placeOf({ account, region }: Call) {
  return { account, region };
}
