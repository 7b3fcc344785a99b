import { operation } from '../../../aws/operation.ts';
import { authorizedListener } from '../authorization.ts';
import { changeListener } from '../listener-change.ts';
import type { DeleteListenerInput, DeleteListenerOutput } from '../model.ts';
import { ownerOf } from '../owner.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DeleteListener = operation<DeleteListenerInput, DeleteListenerOutput, Elbv2Ports>(
  'DeleteListener',
  async (input, call, ports) => {
    const { reader } = ports;
    const before = await authorizedListener(call, reader, 'DeleteListener', input.ListenerArn);
    await changeListener(call, ports, await ownerOf(call, reader, before), { before });
    return {};
  },
);
