import { operation } from '../../../aws/operation.ts';
import { noSuchPasswordPolicy } from '../errors.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteAccountPasswordPolicy = operation<unknown, void, IamPorts>(
  'DeleteAccountPasswordPolicy',
  async (_input, call, ports) => {
    await call.authorize('iam:DeleteAccountPasswordPolicy', '*');
    const { passwordPolicy } = await ports.accounts.settings(call.account);
    if (passwordPolicy === undefined) throw noSuchPasswordPolicy(call.account);
    ports.accounts.removePasswordPolicy(call.change, call.account);
  },
);
