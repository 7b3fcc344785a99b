import { CommonError } from '../../aws/errors.ts';
import { bindOperations, type BoundOperation, type Service } from '../../aws/operation.ts';
import { model, type AssumeRoleWithWebIdentityRequest } from './model.ts';
import { operations } from './operations/index.ts';
import type { StsPorts, WebIdentityPorts } from './ports.ts';
import { WebIdentities } from './web-identity/identify.ts';

/** The room: it keeps nothing, so it has no store. Who there is, and what sessions are, is IAM's to know. */
export function createSts(ports: StsPorts & WebIdentityPorts): Service {
  const webIdentities = new WebIdentities(ports);
  return {
    model,
    signingName: 'sts',
    eventSource: 'sts.amazonaws.com',
    readOnly: new Set(Object.keys(operations)),
    isGlobal: false,
    unsigned: new Map([
      [
        'AssumeRoleWithWebIdentity',
        (input, remoteAddress) =>
          webIdentities.identify(input as AssumeRoleWithWebIdentityRequest, remoteAddress),
      ],
    ]),
    operations: refusingSessionsOfUsers(bindOperations(operations, ports)),
  };
}

/** What sessions of users, and of federated users, may call. @see AWS IAM User Guide, "Compare AWS STS credentials" */
const callableByUsers: ReadonlySet<string> = new Set(['AssumeRole', 'GetCallerIdentity']);
const callableByFederatedUsers: ReadonlySet<string> = new Set(['GetCallerIdentity']);

function refusingSessionsOfUsers(
  bound: ReadonlyMap<string, BoundOperation>,
): ReadonlyMap<string, BoundOperation> {
  return new Map(
    [...bound].map(([name, run]): [string, BoundOperation] => [
      name,
      (input, call) => {
        const { principal, session } = call;
        const callable =
          principal.type === 'federated-user' ? callableByFederatedUsers : callableByUsers;
        if (session !== undefined && principal.type !== 'role-session' && !callable.has(name))
          throw new CommonError('access-denied', `Cannot call ${name} with session credentials`);
        return run(input, call);
      },
    ]),
  );
}
