import { CommonError } from '../../aws/errors.ts';
import type { BoundOperation } from '../../aws/operation.ts';

/**
 * Users' sessions without MFA, and those of federated users, cannot call IAM at all: whoever got hold of one could make
 * more of it.
 * @see AWS IAM User Guide, "Request temporary security credentials", table of features
 */
export function refusingWeakSessions(
  operations: ReadonlyMap<string, BoundOperation>,
): ReadonlyMap<string, BoundOperation> {
  return new Map(
    [...operations].map(([name, run]): [string, BoundOperation] => [
      name,
      (input, call) => {
        const { principal, session } = call;
        // Root's sessions are made on the machine, with a code if root has a device: they are none of these.
        const isWeak =
          principal.type === 'federated-user' ||
          (principal.type === 'user' && session?.mfaAt === undefined);
        if (session !== undefined && isWeak)
          throw new CommonError(
            'unknown-key',
            'The security token included in the request is invalid',
          );
        return run(input, call);
      },
    ]),
  );
}
