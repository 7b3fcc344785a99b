import { operation } from '../../../aws/operation.ts';
import { checkClientIds } from '../domain/oidc-provider.ts';
import { authorizedProvider } from '../subjects.ts';
import type { AddClientIDToOpenIDConnectProviderRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const AddClientIDToOpenIDConnectProvider = operation<
  AddClientIDToOpenIDConnectProviderRequest,
  void,
  IamPorts
>('AddClientIDToOpenIDConnectProvider', async (input, call, ports) => {
  const action = 'iam:AddClientIDToOpenIDConnectProvider';
  const found = await authorizedProvider(call, ports, action, input.OpenIDConnectProviderArn);
  const clientIds = [...new Set([...found.clientIds, input.ClientID])];
  checkClientIds(clientIds);
  ports.accounts.updateOidcProvider(call.change, found, { clientIds });
});
