import { operation } from '../../../aws/operation.ts';
import type { ListSAMLProvidersRequest, ListSAMLProvidersResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** None can be made: identity providers are those of OpenID Connect. */
export const ListSAMLProviders = operation<
  ListSAMLProvidersRequest,
  ListSAMLProvidersResponse,
  IamPorts
>('ListSAMLProviders', async (_input, call) => {
  await call.authorize('iam:ListSAMLProviders', '*');
  return { SAMLProviderList: [] };
});
