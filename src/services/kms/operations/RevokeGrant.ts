import { operation } from '../../../aws/operation.ts';
import { authorizeKey, isForAwsResource } from '../authorization.ts';
import { keyArn } from '../domain/key.ts';
import { DryRunOperationException } from '../errors.ts';
import { endGrant, grantNotFound } from '../grants.ts';
import { locateKey } from '../key-id.ts';
import type { RevokeGrantRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const RevokeGrant = operation<RevokeGrantRequest, void, KmsPorts>(
  'RevokeGrant',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, {
      action: 'kms:RevokeGrant',
      acrossAccounts: true,
    });
    await authorizeKey(call, ports, located, 'kms:RevokeGrant', {
      context: isForAwsResource(call),
    });
    const grant = await ports.reader.grant(located.key, input.GrantId, call.change);
    if (grant === undefined) throw grantNotFound(input.GrantId);
    if (input.DryRun === true) throw new DryRunOperationException();
    endGrant(call, ports, grant, located.key);
    call.audit.responseElements({ keyId: keyArn(located.key) });
  },
);
