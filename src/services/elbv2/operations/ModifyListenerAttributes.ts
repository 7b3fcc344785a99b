import { operation } from '../../../aws/operation.ts';
import { changedAttributes } from '../attributes.ts';
import { authorizedListener } from '../authorization.ts';
import { describeAttributes, listenerAttributes } from '../domain/attributes.ts';
import type { ModifyListenerAttributesInput, ModifyListenerAttributesOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const ModifyListenerAttributes = operation<
  ModifyListenerAttributesInput,
  ModifyListenerAttributesOutput,
  Elbv2Ports
>('ModifyListenerAttributes', async (input, call, { reader, writer }) => {
  const { balancer, listener } = await authorizedListener(
    call,
    reader,
    'ModifyListenerAttributes',
    input.ListenerArn,
  );
  const table = listenerAttributes(listener.protocol);
  const attributes = changedAttributes(table, 'Listener', listener.attributes, input.Attributes);
  writer.updateListener(call.change, listener, { ...listener, attributes });
  writer.updateLoadBalancer(call.change, balancer);
  return { Attributes: describeAttributes(table, attributes) };
});
