import { operation } from '../../../aws/operation.ts';
import { authorizedUser } from '../subjects.ts';
import { requestTags, withTags } from '../tags.ts';
import type { TagUserRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const TagUser = operation<TagUserRequest, void, IamPorts>(
  'TagUser',
  async (input, call, ports) => {
    const { user } = await authorizedUser(
      call,
      ports,
      'iam:TagUser',
      input.UserName,
      requestTags(input.Tags),
    );
    ports.users.touch(call.change, user, { tags: withTags(user.tags, input.Tags) });
  },
);
