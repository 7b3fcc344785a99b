import { operation } from '../../../aws/operation.ts';
import { groupArn } from '../arn.ts';
import { describeGroup } from '../domain/group.ts';
import { newUniqueId } from '../domain/identifiers.ts';
import { EntityAlreadyExistsException, quotaExceeded } from '../errors.ts';
import type { CreateGroupRequest, CreateGroupResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const groupsPerAccount = 300;

export const CreateGroup = operation<CreateGroupRequest, CreateGroupResponse, IamPorts>(
  'CreateGroup',
  async (input, call, ports) => {
    const { GroupName: groupName, Path: path = '/' } = input;
    const { account } = call;
    const arn = groupArn({ account, path, groupName });
    await call.authorize('iam:CreateGroup', arn);
    if ((await ports.groups.find(account, groupName)) !== undefined)
      throw new EntityAlreadyExistsException(`Group with name ${groupName} already exists.`);
    if ((await ports.groups.count(account, groupsPerAccount)) >= groupsPerAccount)
      throw quotaExceeded('GroupsPerAccount', groupsPerAccount);
    const group = {
      account,
      groupName,
      path,
      groupId: newUniqueId('AGPA', call.random),
      createdAt: call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' }),
      version: 0,
    };
    ports.groups.insert(call.change, group);
    call.audit.resource({ type: 'AWS::IAM::Group', arn });
    return { Group: describeGroup(group) };
  },
);
