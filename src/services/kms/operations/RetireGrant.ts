import { operation } from '../../../aws/operation.ts';
import { keyArn } from '../domain/key.ts';
import { DryRunOperationException, InvalidArnException, ValidationException } from '../errors.ts';
import { readGrantToken } from '../grant-token.ts';
import { endGrant, retirableGrant } from '../grants.ts';
import { locateKey } from '../key-id.ts';
import type { RetireGrantRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const RetireGrant = operation<RetireGrantRequest, void, KmsPorts>(
  'RetireGrant',
  async (input, call, ports) => {
    call.audit.requestParameters(null);
    const { keyId, grantId } = grantNamedIn(input);
    call.audit.additional({ grantId });
    const { key } = await locateKey(call, ports, keyId, {
      action: 'kms:RetireGrant',
      acrossAccounts: true,
    });
    const grant = await retirableGrant(call, ports, key, grantId);
    if (input.DryRun === true) throw new DryRunOperationException();
    endGrant(call, ports, grant, key);
    call.audit.responseElements({ keyId: keyArn(key) });
  },
);

/** @throws ValidationException, InvalidGrantTokenException, InvalidArnException */
function grantNamedIn(input: RetireGrantRequest): { keyId: string; grantId: string } {
  const { GrantToken: token, KeyId: keyId, GrantId: grantId } = input;
  if (token !== undefined && keyId === undefined && grantId === undefined) {
    const named = readGrantToken(token);
    return { keyId: named.keyArn, grantId: named.grantId };
  }
  if (token !== undefined || keyId === undefined || grantId === undefined)
    throw new ValidationException('Grant token OR (grant ID, key ID) must be specified');
  if (!keyId.startsWith('arn:'))
    throw new InvalidArnException(`${keyId} is not the ARN of a KMS key.`);
  return { keyId, grantId };
}
