import { operation } from '../../../aws/operation.ts';
import { sslPolicies, type SslPolicy } from '../../../aws/ssl-policies.ts';
import { authorize } from '../authorization.ts';
import { SSLPolicyNotFound } from '../errors.ts';
import { cut, pageOf } from '../markers.ts';
import type { DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DescribeSSLPolicies = operation<
  DescribeSSLPoliciesInput,
  DescribeSSLPoliciesOutput,
  Elbv2Ports
>('DescribeSSLPolicies', async (input, call) => {
  await authorize(call, 'DescribeSSLPolicies', '*');
  const { Names: names = [], LoadBalancerType: type = 'application' } = input;
  if (type !== 'application') return { SslPolicies: [] };
  if (names.length > 0) return { SslPolicies: names.map((name) => describe(named(name))) };
  const page = pageOf({ call, name: 'DescribeSSLPolicies' }, input);
  const all = [...sslPolicies.values()];
  const last = all.findIndex(({ name }) => name === page.after);
  const { items, NextMarker } = cut(all.slice(last + 1), page, ({ name }) => name);
  return { SslPolicies: items.map(describe), NextMarker };
});

function named(name: string): SslPolicy {
  const policy = sslPolicies.get(name);
  if (policy === undefined)
    throw new SSLPolicyNotFound(`SSL policy '${name.slice(0, 128)}' not found`);
  return policy;
}

function describe({ name, protocols, ciphers }: SslPolicy) {
  return {
    Name: name,
    SslProtocols: protocols,
    Ciphers: ciphers.map((cipher, n) => ({ Name: cipher, Priority: n + 1 })),
    SupportedLoadBalancerTypes: ['application'],
  };
}
