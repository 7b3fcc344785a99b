import { operation } from '../../../aws/operation.ts';
import { oidcProviderArn } from '../arn.ts';
import type {
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListOpenIDConnectProviders = operation<
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse,
  IamPorts
>('ListOpenIDConnectProviders', async (_input, call, ports) => {
  await call.authorize('iam:ListOpenIDConnectProviders', '*');
  const all = await ports.accounts.oidcProviders(call.account, 100);
  return {
    OpenIDConnectProviderList: all.map(({ url }) => ({ Arn: oidcProviderArn(call.account, url) })),
  };
});
