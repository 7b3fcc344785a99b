import { operation } from '../../../aws/operation.ts';
import { newListenerArn } from '../arn.ts';
import { authorizedLoadBalancer, authorizeTagging } from '../authorization.ts';
import { describeListener } from '../descriptions.ts';
import { hasSettings, type Listener } from '../domain/listener.ts';
import { DuplicateListener, TooManyListeners } from '../errors.ts';
import { changeListener } from '../listener-change.ts';
import { certificateArns, hideClientSecrets, parseListener } from '../listener-settings.ts';
import type { CreateListenerInput, CreateListenerOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { checkedTags } from '../tagging.ts';

/** AWS's quota of listeners of an Application Load Balancer. */
const maxListeners = 50;

/** The same call again makes no second listener: it succeeds, and a grant that was taken away is made anew. */
export const CreateListener = operation<CreateListenerInput, CreateListenerOutput, Elbv2Ports>(
  'CreateListener',
  async (input, call, ports) => {
    const { reader, writer } = ports;
    const { LoadBalancerArn: loadBalancerArn } = input;
    hideClientSecrets(call.audit, { loadBalancerArn }, input.DefaultActions);
    const balancer = await authorizedLoadBalancer(call, reader, 'CreateListener', loadBalancerArn, {
      'elasticloadbalancing:ListenerProtocol': input.Protocol,
      'elasticloadbalancing:SecurityPolicy': input.SslPolicy,
    });
    const newArn = newListenerArn(call, balancer.arn);
    await authorizeTagging(call, 'CreateListener', newArn, input.Tags);
    const settings = parseListener(input);
    const tags = checkedTags(new Map(), input.Tags ?? []);

    const listeners = await reader.listeners(call, balancer.arn);
    const before = listeners.find(({ port }) => port === settings.port);
    if (before !== undefined && !hasSettings(before, settings))
      throw new DuplicateListener(
        `A listener already exists on this port for this load balancer '${balancer.arn}'`,
      );
    if (before === undefined && listeners.length >= maxListeners)
      throw new TooManyListeners(`A load balancer can have up to '${maxListeners}' listeners`);
    const listener: Listener = before ?? {
      account: balancer.account,
      region: balancer.region,
      arn: newArn,
      loadBalancerArn: balancer.arn,
      attributes: {},
      ...settings,
    };
    await changeListener(call, ports, balancer, {
      before,
      after: listener,
      named: certificateArns(input.Certificates ?? []),
    });
    if (before === undefined)
      for (const [key, value] of tags) writer.setTag(call.change, call, listener.arn, key, value);
    call.audit.resource({ type: 'AWS::ElasticLoadBalancingV2::Listener', arn: listener.arn });
    return { Listeners: [describeListener(listener)] };
  },
);
