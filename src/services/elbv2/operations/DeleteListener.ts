import { operation } from '../../../aws/operation.ts';
import { authorizedListener } from '../authorization.ts';
import { changeListener } from '../listener-change.ts';
import type { DeleteListenerInput, DeleteListenerOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DeleteListener = operation<DeleteListenerInput, DeleteListenerOutput, Elbv2Ports>(
  'DeleteListener',
  async (input, call, ports) => {
    const { reader } = ports;
    const { balancer, listener: before } = await authorizedListener(
      call,
      reader,
      'DeleteListener',
      input.ListenerArn,
    );
    await changeListener(call, ports, balancer, { before });
    return {};
  },
);
