import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeAttributes, listenerAttributes } from '../domain/attributes.ts';
import { ListenerNotFound } from '../errors.ts';
import type {
  DescribeListenerAttributesInput,
  DescribeListenerAttributesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DescribeListenerAttributes = operation<
  DescribeListenerAttributesInput,
  DescribeListenerAttributesOutput,
  Elbv2Ports
>('DescribeListenerAttributes', async (input, call, { reader }) => {
  await authorize(call, 'DescribeListenerAttributes', '*');
  const listener = await reader.listener(call, checkedArn(input.ListenerArn, 'listener'));
  if (listener === undefined) throw new ListenerNotFound('One or more listeners not found');
  return {
    Attributes: describeAttributes(listenerAttributes(listener.protocol), listener.attributes),
  };
});
