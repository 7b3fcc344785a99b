import { CommonError } from '../../aws/errors.ts';
import { bindOperations, type BoundOperation, type Service } from '../../aws/operation.ts';
import type { Principal } from '../../aws/principal.ts';
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

/** What may be called in whose session; in others everything. @see AWS IAM User Guide, "Compare AWS STS credentials" */
const callable: { readonly [type in Principal['type']]?: (operation: string) => boolean } = {
  user: (operation) => ['AssumeRole', 'GetCallerIdentity'].includes(operation),
  'federated-user': (operation) => operation === 'GetCallerIdentity',
  // Of a sign-in, like those of AWS's console: what makes credentials of a user is none of root's.
  root: (operation) => !['GetSessionToken', 'GetFederationToken'].includes(operation),
};

function refusingSessionsOfUsers(
  bound: ReadonlyMap<string, BoundOperation>,
): ReadonlyMap<string, BoundOperation> {
  return new Map(
    [...bound].map(([name, run]): [string, BoundOperation] => [
      name,
      (input, call) => {
        const { principal, session } = call;
        if (session !== undefined && callable[principal.type]?.(name) === false)
          throw new CommonError('access-denied', `Cannot call ${name} with session credentials`);
        return run(input, call);
      },
    ]),
  );
}
