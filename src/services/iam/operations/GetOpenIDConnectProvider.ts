import { operation } from '../../../aws/operation.ts';
import { authorizedProvider } from '../subjects.ts';
import type {
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetOpenIDConnectProvider = operation<
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
  IamPorts
>('GetOpenIDConnectProvider', async (input, call, ports) => {
  const arn = input.OpenIDConnectProviderArn;
  const found = await authorizedProvider(call, ports, 'iam:GetOpenIDConnectProvider', arn);
  return {
    Url: found.url,
    ClientIDList: found.clientIds,
    ThumbprintList: found.thumbprints,
    CreateDate: found.createdAt,
    Tags: found.tags.length === 0 ? undefined : found.tags,
  };
});
