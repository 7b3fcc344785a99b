import { mapPrincipals } from '../../aws/policy/principal-names.ts';
import { MalformedPolicyDocumentException } from './errors.ts';
import { principalNames } from './principal-names.ts';
import type { IamStores } from './store/index.ts';

type Stores = Pick<IamStores, 'users' | 'roles' | 'accounts'>;

/**
 * The trust policy as it is kept.
 * @throws MalformedPolicyDocument for a principal who is not there
 */
export function bindPrincipals(document: string, stores: Stores): Promise<string> {
  const names = principalNames(stores);
  return mapPrincipals(document, async (name) => {
    const kept = await names.kept(name);
    if (kept === undefined)
      throw new MalformedPolicyDocumentException(`Invalid principal in policy: "AWS":"${name}"`);
    return kept;
  });
}

/** The trust policy as it is shown: with ARNs, and the bare ids of those who are not there any more. */
export function showPrincipals(document: string, stores: Stores): Promise<string> {
  const names = principalNames(stores);
  return mapPrincipals(document, (kept) => names.shown(kept));
}
