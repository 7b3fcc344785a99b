import { operation } from '../../../aws/operation.ts';
import { anyOf, newTargetGroupArn } from '../arn.ts';
import { authorize, authorizeTagging } from '../authorization.ts';
import { describeTargetGroup } from '../descriptions.ts';
import { wrongName } from '../domain/names.ts';
import {
  isSameSettings,
  parseSettings,
  WrongTargetGroup,
  type TargetGroup,
  type TargetGroupSettings,
} from '../domain/target-group.ts';
import { DuplicateTargetGroupName, ValidationError } from '../errors.ts';
import type { CreateTargetGroupInput, CreateTargetGroupOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { checkedTags } from '../tagging.ts';

export const CreateTargetGroup = operation<
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  Elbv2Ports
>('CreateTargetGroup', async (input, call, { reader, writer }) => {
  const resource = anyOf(call, 'targetgroup', input.Name);
  await authorize(call, 'CreateTargetGroup', resource, { requestTags: input.Tags });
  await authorizeTagging(call, 'CreateTargetGroup', resource, input.Tags);
  const wrong = wrongName('target group', input.Name);
  if (wrong !== undefined) throw new ValidationError(wrong);
  const settings = checkedSettings(input);
  const tags = checkedTags(new Map(), input.Tags ?? []);

  const [existing] = await reader.targetGroupsByName(call, [input.Name]);
  if (existing !== undefined) {
    if (!isSameSettings(existing, settings))
      throw new DuplicateTargetGroupName(
        `A target group with the same name '${input.Name}' exists, but with different settings`,
      );
    return { TargetGroups: [describeTargetGroup(existing)] };
  }
  const group: TargetGroup = {
    account: call.account,
    region: call.region,
    arn: newTargetGroupArn(call, input.Name),
    name: input.Name,
    version: 1,
    attributes: {},
    ...settings,
  };
  writer.insertTargetGroup(call.change, group);
  for (const [key, value] of tags) writer.setTag(call.change, call, group.arn, key, value);
  call.audit.resource({ type: 'AWS::ElasticLoadBalancingV2::TargetGroup', arn: group.arn });
  return { TargetGroups: [describeTargetGroup(group)] };
});

function checkedSettings(input: CreateTargetGroupInput): TargetGroupSettings {
  try {
    return parseSettings(input);
  } catch (error) {
    throw error instanceof WrongTargetGroup ? new ValidationError(error.message) : error;
  }
}
