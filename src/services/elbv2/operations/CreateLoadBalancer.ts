import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { anyOf, newLoadBalancerArn } from '../arn.ts';
import { authorize, authorizeTagging } from '../authorization.ts';
import { describeLoadBalancer } from '../descriptions.ts';
import {
  hasSettings,
  stateOf,
  type LoadBalancer,
  type LoadBalancerSettings,
} from '../domain/load-balancer.ts';
import { wrongName } from '../domain/names.ts';
import { DuplicateLoadBalancerName, TooManyLoadBalancers, ValidationError } from '../errors.ts';
import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  LoadBalancerState,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { checkedTags } from '../tagging.ts';
import { candidateAddresses } from '../target-address.ts';

export const CreateLoadBalancer = operation<
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  Elbv2Ports
>('CreateLoadBalancer', async (input, call, ports) => {
  const { reader, writer, feed } = ports;
  const settings = settingsOf(input);
  await authorizeCreation(input, settings, call);
  checkInput(input, settings);
  const tags = checkedTags(new Map(), input.Tags ?? []);

  const [existing] = await reader.loadBalancersByName(call, [input.Name]);
  if (existing !== undefined) {
    if (!hasSettings(existing, settings))
      throw new DuplicateLoadBalancerName(
        `A load balancer with the same name '${input.Name}' exists, but with different settings`,
      );
    const failures = await reader.failures(call, [existing.arn]);
    return answer(existing, stateOf(failures.get(existing.arn) ?? []), ports);
  }
  const balancer = await newLoadBalancer(input.Name, settings, call, ports);
  writer.insertLoadBalancer(call.change, balancer);
  for (const [key, value] of tags) writer.setTag(call.change, call, balancer.arn, key, value);
  feed.moved(call.change, balancer.arn);
  call.audit.resource({ type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', arn: balancer.arn });
  return answer(balancer, { Code: 'provisioning' }, ports);
});

async function authorizeCreation(
  input: CreateLoadBalancerInput,
  settings: LoadBalancerSettings,
  call: Call,
): Promise<void> {
  const resource = anyOf(call, 'loadbalancer/app', input.Name);
  await authorize(call, 'CreateLoadBalancer', resource, {
    requestTags: input.Tags,
    context: {
      'elasticloadbalancing:Scheme': settings.scheme,
      'elasticloadbalancing:Subnet': settings.subnets,
      'elasticloadbalancing:SecurityGroup': settings.securityGroups,
    },
  });
  await authorizeTagging(call, 'CreateLoadBalancer', resource, input.Tags);
}

function settingsOf(input: CreateLoadBalancerInput): LoadBalancerSettings {
  return {
    scheme: input.Scheme ?? 'internet-facing',
    ipAddressType: input.IpAddressType ?? 'ipv4',
    subnets: [
      ...(input.Subnets ?? (input.SubnetMappings ?? []).flatMap(({ SubnetId }) => SubnetId ?? [])),
    ],
    securityGroups: [...(input.SecurityGroups ?? [])],
  };
}

function checkInput(input: CreateLoadBalancerInput, settings: LoadBalancerSettings): void {
  const type = input.Type ?? 'application';
  if (type !== 'application')
    throw new ValidationError(
      `Load balancer type '${type}' is not supported, it must be 'application'`,
    );
  if (settings.ipAddressType !== 'ipv4')
    throw new ValidationError(
      `IP address type '${settings.ipAddressType}' is not supported, it must be 'ipv4'`,
    );
  const wrong = wrongName('load balancer', input.Name);
  if (wrong !== undefined) throw new ValidationError(wrong);
  if (input.Subnets !== undefined && input.SubnetMappings !== undefined)
    throw new ValidationError('Subnets and subnet mappings cannot both be specified');
  for (const member of [
    'CustomerOwnedIpv4Pool',
    'EnablePrefixForIpv6SourceNat',
    'IpamPools',
  ] as const) {
    if (input[member] !== undefined) throw new ValidationError(`${member} is not supported`);
  }
  const ids = [...settings.subnets, ...settings.securityGroups];
  const strange = ids.find((id) => !/^[A-Za-z0-9-]{1,64}$/.test(id));
  if (strange !== undefined)
    throw new ValidationError(
      `'${strange.slice(0, 64)}' is not a valid subnet or security group id`,
    );
}

async function newLoadBalancer(
  name: string,
  settings: LoadBalancerSettings,
  call: Call,
  { reader, dns }: Elbv2Ports,
): Promise<LoadBalancer> {
  const candidates = candidateAddresses(call);
  const taken = await reader.takenAddresses(candidates);
  const address = candidates.find((each) => !taken.has(each));
  if (address === undefined)
    throw new TooManyLoadBalancers('There is no address left for another load balancer');
  const prefix = settings.scheme === 'internal' ? 'internal-' : '';
  const label = `${prefix}${name.toLowerCase()}-${tenDigits(call)}`;
  return {
    account: call.account,
    region: call.region,
    arn: newLoadBalancerArn(call, name),
    name,
    dnsName: `${label}.${call.region}.elb.${dns.suffix}`,
    address,
    createdAt: call.clock.now().round('millisecond'),
    version: 1,
    ...settings,
    attributes: {},
  };
}

function tenDigits({ random }: Call): string {
  const number = Buffer.from(random.bytes(6)).readUIntBE(0, 6) % 10_000_000_000;
  return String(number).padStart(10, '0');
}

function answer(
  balancer: LoadBalancer,
  state: LoadBalancerState,
  ports: Elbv2Ports,
): CreateLoadBalancerOutput {
  return { LoadBalancers: [describeLoadBalancer(balancer, state, ports)] };
}
