import { operation } from '../../../aws/operation.ts';
import { showCredentials } from '../credentials.ts';
import { longTermUser } from '../long-term-user.ts';
import { checkMfa } from '../mfa.ts';
import type { GetSessionTokenRequest, GetSessionTokenResponse } from '../model.ts';
import type { StsPorts } from '../ports.ts';

const byDefaultSeconds = 43_200;

/** Needs no permission: it gives nothing that the caller has not got. @see AWS STS API Reference, "GetSessionToken" */
export const GetSessionToken = operation<GetSessionTokenRequest, GetSessionTokenResponse, StsPorts>(
  'GetSessionToken',
  async (input, call, ports) => {
    call.needsNoPermission();
    const { userId, byKey } = longTermUser(call, 'GetSessionToken');
    const mfaAt = await checkMfa(call, input, ports);
    const made = await ports.sessions.issue(call, {
      account: call.account,
      durationSeconds: input.DurationSeconds ?? byDefaultSeconds,
      claims: {
        who: { kind: 'user', userId, byKey },
        ...(mfaAt === undefined ? {} : { mfaAt: mfaAt.epochMilliseconds }),
      },
    });
    return { Credentials: showCredentials(made) };
  },
);
