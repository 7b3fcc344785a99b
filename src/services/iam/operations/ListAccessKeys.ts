import { operation } from '../../../aws/operation.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { instant } from '../sets/owner.ts';
import { authorizedUser, isAboutRoot } from '../subjects.ts';
import type { ListAccessKeysRequest, ListAccessKeysResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListAccessKeys = operation<ListAccessKeysRequest, ListAccessKeysResponse, IamPorts>(
  'ListAccessKeys',
  async (input, call, ports) => {
    // Root has none, and cannot get one.
    if (await isAboutRoot(call, 'iam:ListAccessKeys', input.UserName))
      return { AccessKeyMetadata: [], IsTruncated: false };
    const found = await authorizedUser(call, ports, 'iam:ListAccessKeys', input.UserName);
    const page = listPage(call, 'ListAccessKeys', input);
    const { items, ...rest } = pagedNames(found.accessKeys, page, (key) => key.access_key_id);
    return {
      AccessKeyMetadata: items.map((key) => ({
        UserName: found.user.userName,
        AccessKeyId: key.access_key_id,
        Status: key.status as 'Active' | 'Inactive',
        CreateDate: instant(key.created_at),
      })),
      ...rest,
    };
  },
);
