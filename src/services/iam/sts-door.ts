import type { Call } from '../../aws/call.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import { oidcProviderArn, readPolicyArn, roleArn } from './arn.ts';
import type { Tag } from './model.ts';
import type { IamPorts } from './ports.ts';
import { userHolder, type MfaHolder } from './sets/devices.ts';

/** What STS asks of IAM. */
export interface IdentityDoor {
  /** The role with exactly this ARN, in whatever account. */
  roleToAssume(arn: string): Promise<RoleToAssume | undefined>;
  /** Whom an account lets vouch for others. @param url without `https://` */
  oidcProvider(account: string, url: string): Promise<IdentityProvider | undefined>;
  /** Whether there is such a managed policy, of AWS's or the account's. */
  hasPolicy(account: string, arn: string): Promise<boolean>;
  /** Whether this is a code of an enabled device of the caller; a right one is used up with the call's Change. */
  provesMfa(call: Call, code: { readonly serial: string; readonly code: string }): Promise<boolean>;
  /** Notes when a role was last used. */
  noteRoleUse(call: Call, role: Pick<RoleToAssume, 'account' | 'roleId'>): void;
}

interface RoleToAssume {
  readonly account: string;
  readonly arn: string;
  readonly roleName: string;
  readonly roleId: string;
  readonly trust: PolicyDocument;
  readonly maxSessionSeconds: number;
  readonly tags: readonly Tag[];
}

interface IdentityProvider {
  readonly arn: string;
  /** Without `https://`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
}

export function identityDoor({ roles, identities, mfa, accounts }: IamPorts): IdentityDoor {
  return {
    async roleToAssume(arn) {
      const [, account = '', path = ''] = /^arn:aws:iam::([0-9]{12}):role(\/.+)$/.exec(arn) ?? [];
      const found = await roles.find(account, path.slice(path.lastIndexOf('/') + 1));
      if (found === undefined) return undefined;
      const { role, trust } = found;
      if (roleArn(account, role.path, role.roleName) !== arn) return undefined;
      const { roleName, roleId, maxSessionSeconds, tags } = role;
      return { account, arn, roleName, roleId, trust, maxSessionSeconds, tags };
    },
    async oidcProvider(account, url) {
      const found = await accounts.oidcProvider(account, url);
      if (found === undefined) return undefined;
      const { clientIds, thumbprints } = found;
      return { arn: oidcProviderArn(account, url), url, clientIds, thumbprints };
    },
    async hasPolicy(account, arn) {
      const owner = readPolicyArn(arn)?.account;
      if (owner !== undefined && owner !== account) return false;
      return (await identities.managed(arn)) !== undefined;
    },
    async provesMfa(call, code) {
      const holder = holderOf(call);
      return holder !== undefined && mfa.proves(call, holder, code);
    },
    noteRoleUse: (call, { account, roleId }) =>
      roles.noteUse(
        call.change,
        { account, roleId },
        { at: call.clock.now(), region: call.region },
      ),
  };
}

function holderOf({ principal }: Call): MfaHolder | undefined {
  if (principal.type === 'root') return 'root';
  return principal.type === 'user' ? userHolder(principal.userName) : undefined;
}
