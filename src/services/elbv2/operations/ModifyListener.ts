import { operation } from '../../../aws/operation.ts';
import { authorizedListener } from '../authorization.ts';
import { describeListener } from '../descriptions.ts';
import type { Listener } from '../domain/listener.ts';
import { DuplicateListener } from '../errors.ts';
import { changeListener } from '../listener-change.ts';
import { certificateArns, hideClientSecrets, parseListener } from '../listener-settings.ts';
import type { ModifyListenerInput, ModifyListenerOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

/** A default certificate that is replaced loses its grant unless another listener of the load balancer uses it. */
export const ModifyListener = operation<ModifyListenerInput, ModifyListenerOutput, Elbv2Ports>(
  'ModifyListener',
  async (input, call, ports) => {
    const { reader } = ports;
    hideClientSecrets(call.audit, { listenerArn: input.ListenerArn }, input.DefaultActions);
    const { balancer, listener: before } = await authorizedListener(
      call,
      reader,
      'ModifyListener',
      input.ListenerArn,
      {
        'elasticloadbalancing:ListenerProtocol': input.Protocol,
        'elasticloadbalancing:SecurityPolicy': input.SslPolicy,
      },
    );
    const after: Listener = {
      account: before.account,
      region: before.region,
      arn: before.arn,
      loadBalancerArn: before.loadBalancerArn,
      attributes: before.attributes,
      ...parseListener(input, before),
    };
    const others = await reader.listeners(call, balancer.arn);
    if (others.some(({ arn, port }) => arn !== before.arn && port === after.port))
      throw new DuplicateListener(
        `A listener already exists on this port for this load balancer '${balancer.arn}'`,
      );
    await changeListener(call, ports, balancer, {
      before,
      after,
      named: certificateArns(input.Certificates ?? []),
    });
    return { Listeners: [describeListener(after)] };
  },
);
