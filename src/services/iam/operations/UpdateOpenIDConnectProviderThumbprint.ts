import { operation } from '../../../aws/operation.ts';
import { checkThumbprints } from '../domain/oidc-provider.ts';
import { authorizedProvider } from '../subjects.ts';
import type { UpdateOpenIDConnectProviderThumbprintRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateOpenIDConnectProviderThumbprint = operation<
  UpdateOpenIDConnectProviderThumbprintRequest,
  void,
  IamPorts
>('UpdateOpenIDConnectProviderThumbprint', async (input, call, ports) => {
  const action = 'iam:UpdateOpenIDConnectProviderThumbprint';
  const found = await authorizedProvider(call, ports, action, input.OpenIDConnectProviderArn);
  checkThumbprints(input.ThumbprintList);
  ports.accounts.updateOidcProvider(call.change, found, { thumbprints: input.ThumbprintList });
});
