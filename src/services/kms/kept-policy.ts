import type { Call } from '../../aws/call.ts';
import { mapPrincipals } from '../../aws/policy/principal-names.ts';
import {
  allowsPolicyUpdate,
  checkKeyPolicy,
  formatKeyPolicy,
  invalidPrincipals,
  readKeyPolicy,
} from './domain/key-policy.ts';
import { keyArn, type KmsKey } from './domain/key.ts';
import { MalformedPolicyDocumentException } from './errors.ts';
import type { KmsPorts } from './ports.ts';

type Names = Pick<KmsPorts, 'principals'>;

/**
 * A policy of a request as it is kept: users and roles stand in it by their unique ids.
 * @param options.bypassesLockoutCheck otherwise the caller must keep the right to put another policy
 * @throws MalformedPolicyDocumentException, also for a principal who is not there
 * @see AWS KMS API Reference, PutKeyPolicy
 */
export async function policyToKeep(
  text: string,
  call: Call,
  key: Pick<KmsKey, 'account' | 'region' | 'keyId'>,
  { principals, bypassesLockoutCheck }: Names & { readonly bypassesLockoutCheck: boolean },
): Promise<string> {
  checkKeyPolicy(text);
  const kept = await mapPrincipals(text, async (name) => {
    const id = await principals.kept(name);
    if (id === undefined) throw invalidPrincipals();
    return id;
  });
  const place = { account: key.account, arn: keyArn(key) };
  if (!bypassesLockoutCheck && !allowsPolicyUpdate(readKeyPolicy(kept), call.principal, place)) {
    throw new MalformedPolicyDocumentException(
      'The new key policy will not allow you to update the key policy in the future.',
    );
  }
  return formatKeyPolicy(JSON.parse(kept) as object);
}

/** The policy as GetKeyPolicy answers it: with ARNs, and the bare ids of those who are not there any more. */
export async function shownPolicy({ policy }: KmsKey, { principals }: Names): Promise<string> {
  const shown = await mapPrincipals(policy, (kept) => principals.shown(kept));
  return shown === policy ? policy : formatKeyPolicy(JSON.parse(shown) as object);
}
