import { operation } from '../../../aws/operation.ts';
import { NoSuchEntityException } from '../errors.ts';
import type { DeleteAccountAliasRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteAccountAlias = operation<DeleteAccountAliasRequest, void, IamPorts>(
  'DeleteAccountAlias',
  async (input, call, ports) => {
    const alias = input.AccountAlias;
    await call.authorize('iam:DeleteAccountAlias', '*');
    if ((await ports.accounts.settings(call.account)).alias !== alias)
      throw new NoSuchEntityException(`The account alias ${alias} does not exist.`);
    ports.accounts.removeAlias(call.change, call.account);
  },
);
