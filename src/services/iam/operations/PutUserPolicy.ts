import { operation } from '../../../aws/operation.ts';
import { parsePolicy, policySize, PolicySyntaxError } from '../../../aws/policy/parse.ts';
import { authorizedUser } from '../authorization.ts';
import { LimitExceededException, MalformedPolicyDocumentException } from '../errors.ts';
import type { PutUserPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** Characters besides white space, of all inline policies of a user together. */
const maxInlineCharacters = 2048;

export const PutUserPolicy = operation<PutUserPolicyRequest, void, IamPorts>(
  'PutUserPolicy',
  async (input, call, { reader, writer }) => {
    const { PolicyName: policyName, PolicyDocument: document } = input;
    const user = await authorizedUser(call, reader, 'iam:PutUserPolicy', input.UserName);
    refuseMalformed(document);
    const policies = new Map(await reader.policies(user.account, user.userName));
    policies.set(policyName, document);
    const size = [...policies.values()].reduce((sum, each) => sum + policySize(each), 0);
    if (size > maxInlineCharacters) {
      throw new LimitExceededException(
        `Maximum policy size of ${maxInlineCharacters} bytes exceeded for user ${user.userName}`,
      );
    }
    writer.touchUser(call.change, user);
    writer.putPolicy(call.change, user, policyName, document);
  },
);

function refuseMalformed(document: string): void {
  try {
    parsePolicy(document, 'identity');
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new MalformedPolicyDocumentException(error.message);
  }
}
