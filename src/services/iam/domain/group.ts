import { groupArn } from '../arn.ts';
import type { Group as DescribedGroup } from '../model.ts';
import type { Group } from '../sets/groups.ts';

/** A group as IAM answers it. */
export function describeGroup(group: Group): DescribedGroup {
  return {
    Path: group.path,
    GroupName: group.groupName,
    GroupId: group.groupId,
    Arn: groupArn(group),
    CreateDate: group.createdAt,
  };
}
