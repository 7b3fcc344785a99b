import { operation } from '../../../aws/operation.ts';
import { authorizedProvider } from '../subjects.ts';
import { requestTags, withTags } from '../tags.ts';
import type { TagOpenIDConnectProviderRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const TagOpenIDConnectProvider = operation<TagOpenIDConnectProviderRequest, void, IamPorts>(
  'TagOpenIDConnectProvider',
  async (input, call, ports) => {
    const { OpenIDConnectProviderArn: arn, Tags } = input;
    const action = 'iam:TagOpenIDConnectProvider';
    const found = await authorizedProvider(call, ports, action, arn, requestTags(Tags));
    const tags = withTags(found.tags, Tags);
    ports.accounts.updateOidcProvider(call.change, found, { tags });
  },
);
