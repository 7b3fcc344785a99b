import { operation } from '../../../aws/operation.ts';
import { oidcProviderArn } from '../arn.ts';
import { checkClientIds, checkThumbprints, readProviderUrl } from '../domain/oidc-provider.ts';
import { EntityAlreadyExistsException, quotaExceeded } from '../errors.ts';
import { authorizeTagging, checkTags, requestTags } from '../tags.ts';
import type {
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

const providersPerAccount = 100;

export const CreateOpenIDConnectProvider = operation<
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
  IamPorts
>('CreateOpenIDConnectProvider', async (input, call, ports) => {
  const { ClientIDList: clientIds = [], ThumbprintList: thumbprints = [], Tags: tags = [] } = input;
  const { account } = call;
  const url = readProviderUrl(input.Url);
  const arn = oidcProviderArn(account, url);
  await call.authorize('iam:CreateOpenIDConnectProvider', arn, { context: requestTags(tags) });
  await authorizeTagging(call, 'iam:TagOpenIDConnectProvider', arn, tags);
  checkClientIds(clientIds);
  checkThumbprints(thumbprints);
  checkTags(tags);
  if ((await ports.accounts.oidcProvider(account, url)) !== undefined)
    throw new EntityAlreadyExistsException(`Provider with url https://${url} already exists.`);
  const all = await ports.accounts.oidcProviders(account, providersPerAccount);
  if (all.length >= providersPerAccount)
    throw quotaExceeded('OpenIdConnectProvidersPerAccount', providersPerAccount);
  const createdAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
  const provider = { account, url, clientIds, thumbprints, createdAt, tags, version: 0 };
  ports.accounts.insertOidcProvider(call.change, provider);
  call.audit.resource({ type: 'AWS::IAM::OIDCProvider', arn });
  return { OpenIDConnectProviderArn: arn, Tags: tags.length === 0 ? undefined : tags };
});
