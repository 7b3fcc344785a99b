import { operation } from '../../../aws/operation.ts';
import { showCredentials } from '../credentials.ts';
import { longTermUser } from '../long-term-user.ts';
import type { GetFederationTokenRequest, GetFederationTokenResponse } from '../model.ts';
import type { StsPorts } from '../ports.ts';
import { packedPolicySize, readSessionPolicies } from '../session-policies.ts';
import { sessionTags, tagContext } from '../session-tags.ts';

const byDefaultSeconds = 43_200;

/** @see AWS STS API Reference, "GetFederationToken" */
export const GetFederationToken = operation<
  GetFederationTokenRequest,
  GetFederationTokenResponse,
  StsPorts
>('GetFederationToken', async (input, call, ports) => {
  const { Name: name } = input;
  const { account } = call;
  const arn = `arn:aws:sts::${account}:federated-user/${name}`;
  const context = tagContext(input);
  await call.authorize('sts:GetFederationToken', arn, { context });
  const { userId, byKey } = longTermUser(call, 'GetFederationToken');
  const { tags } = sessionTags(call, input);
  if (tags.length > 0) await call.authorize('sts:TagSession', arn, { context });
  const PackedPolicySize = packedPolicySize(input);
  const policies = await readSessionPolicies(input, account, ports);
  const made = await ports.sessions.issue(call, {
    account,
    durationSeconds: input.DurationSeconds ?? byDefaultSeconds,
    claims: {
      who: { kind: 'federated-user', userId, byKey, name },
      tags,
      // Without any policy the session is allowed nothing but what policies of resources give it by name.
      policies: [],
      ...policies,
    },
  });
  return {
    Credentials: showCredentials(made),
    FederatedUser: { FederatedUserId: `${account}:${name}`, Arn: arn },
    PackedPolicySize,
  };
});
