import { operation } from '../../../aws/operation.ts';
import { authorizedProvider } from '../subjects.ts';
import type { DeleteOpenIDConnectProviderRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteOpenIDConnectProvider = operation<
  DeleteOpenIDConnectProviderRequest,
  void,
  IamPorts
>('DeleteOpenIDConnectProvider', async (input, call, ports) => {
  const arn = input.OpenIDConnectProviderArn;
  const found = await authorizedProvider(call, ports, 'iam:DeleteOpenIDConnectProvider', arn);
  ports.accounts.deleteOidcProvider(call.change, found);
});
