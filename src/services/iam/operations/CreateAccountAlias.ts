import { operation } from '../../../aws/operation.ts';
import { EntityAlreadyExistsException } from '../errors.ts';
import type { CreateAccountAliasRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const CreateAccountAlias = operation<CreateAccountAliasRequest, void, IamPorts>(
  'CreateAccountAlias',
  async (input, call, ports) => {
    const alias = input.AccountAlias;
    await call.authorize('iam:CreateAccountAlias', '*');
    const { alias: own } = await ports.accounts.settings(call.account);
    if (own !== alias && (await ports.accounts.isAliasTaken(alias)))
      throw new EntityAlreadyExistsException(`The account alias ${alias} already exists.`);
    ports.accounts.setAlias(call.change, call.account, alias);
  },
);
