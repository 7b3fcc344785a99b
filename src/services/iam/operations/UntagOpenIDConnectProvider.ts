import { operation } from '../../../aws/operation.ts';
import { authorizedProvider } from '../subjects.ts';
import { withoutTags } from '../tags.ts';
import type { UntagOpenIDConnectProviderRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UntagOpenIDConnectProvider = operation<
  UntagOpenIDConnectProviderRequest,
  void,
  IamPorts
>('UntagOpenIDConnectProvider', async (input, call, ports) => {
  const { OpenIDConnectProviderArn: arn, TagKeys } = input;
  const action = 'iam:UntagOpenIDConnectProvider';
  const context = { 'aws:TagKeys': TagKeys };
  const found = await authorizedProvider(call, ports, action, arn, context);
  const tags = withoutTags(found.tags, TagKeys);
  ports.accounts.updateOidcProvider(call.change, found, { tags });
});
