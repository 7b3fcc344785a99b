import { operation } from '../../../aws/operation.ts';
import { authorizedUser } from '../subjects.ts';
import { withoutTags } from '../tags.ts';
import type { UntagUserRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UntagUser = operation<UntagUserRequest, void, IamPorts>(
  'UntagUser',
  async (input, call, ports) => {
    const { UserName, TagKeys } = input;
    const context = { 'aws:TagKeys': TagKeys };
    const { user } = await authorizedUser(call, ports, 'iam:UntagUser', UserName, context);
    ports.users.touch(call.change, user, { tags: withoutTags(user.tags, TagKeys) });
  },
);
