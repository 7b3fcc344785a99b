import { operation } from '../../../aws/operation.ts';
import { authorizedProvider } from '../subjects.ts';
import type { RemoveClientIDFromOpenIDConnectProviderRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const RemoveClientIDFromOpenIDConnectProvider = operation<
  RemoveClientIDFromOpenIDConnectProviderRequest,
  void,
  IamPorts
>('RemoveClientIDFromOpenIDConnectProvider', async (input, call, ports) => {
  const action = 'iam:RemoveClientIDFromOpenIDConnectProvider';
  const found = await authorizedProvider(call, ports, action, input.OpenIDConnectProviderArn);
  const clientIds = found.clientIds.filter((each) => each !== input.ClientID);
  ports.accounts.updateOidcProvider(call.change, found, { clientIds });
});
