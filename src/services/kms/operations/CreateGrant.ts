import { operation } from '../../../aws/operation.ts';
import { constraintOf } from '../domain/grant.ts';
import { ValidationException } from '../errors.ts';
import { checkGrantTokens, newGrantToken } from '../grant-token.ts';
import { createGrant } from '../grants.ts';
import { locateKey } from '../key-id.ts';
import type { CreateGrantRequest, CreateGrantResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const CreateGrant = operation<CreateGrantRequest, CreateGrantResponse, KmsPorts>(
  'CreateGrant',
  async (input, call, ports) => {
    const { GranteePrincipal: grantee } = input;
    refuseServicePrincipals(input);
    if (grantee === undefined) {
      throw new ValidationException(
        "1 validation error detected: Value null at 'granteePrincipal' failed to satisfy constraint: Member must not be null",
      );
    }
    const constraint = constraintOf(input.Constraints ?? {});
    checkGrantTokens(input.GrantTokens);
    const located = await locateKey(call, ports, input.KeyId, {
      action: 'kms:CreateGrant',
      acrossAccounts: true,
    });
    const request = {
      name: input.Name ?? '',
      granteePrincipal: grantee,
      retiringPrincipal: input.RetiringPrincipal,
      operations: input.Operations,
      constraint,
    };
    const grant = await createGrant(call, ports, located, request, {
      isDryRun: input.DryRun === true,
    });
    return { GrantId: grant.grantId, GrantToken: newGrantToken(grant, call.random) };
  },
);

/** Their grants hold for one source ARN, of which calls say nothing here yet. @throws ValidationException */
function refuseServicePrincipals(input: CreateGrantRequest): void {
  const unsupported = [
    ['GranteeServicePrincipal', input.GranteeServicePrincipal],
    ['RetiringServicePrincipal', input.RetiringServicePrincipal],
    ['SourceArn', input.Constraints?.SourceArn],
  ].find(([, value]) => value !== undefined);
  if (unsupported !== undefined)
    throw new ValidationException(`${unsupported[0]} is not supported in this Region.`);
}
