import type { Input } from '../client.ts';
import { anywhere, type Case, type Cases, type Permission } from '../case.ts';
import { tags, targetGroupSettings, type Scene } from '../scene.ts';

const balancer = (scene: Scene): Promise<string> => scene.balancer();
const listener = (scene: Scene): Promise<string> => scene.listener();
const group = (scene: Scene): Promise<string> => scene.targetGroup();
const fresh = (scene: Scene): string => `${scene.name}-new`;
const freshBalancer = (scene: Scene): string =>
  scene.regional('elasticloadbalancing', `loadbalancer/app/${fresh(scene)}/*`);
const freshGroup = (scene: Scene): string =>
  scene.regional('elasticloadbalancing', `targetgroup/${fresh(scene)}/*`);

/** That certificates be lent to load balancers the key's own policy allows everybody in the account. */
const lending = async (scene: Scene): Promise<Permission[]> => {
  await scene.certificate();
  const { Aliases } = await scene.do('kms', 'ListAliases', {});
  const alias = Aliases.find(
    ({ AliasName }: { AliasName: string }) => AliasName === 'alias/aws/acm',
  );
  return [['kms:CreateGrant', scene.regional('kms', `key/${alias.TargetKeyId}`)]];
};
const second = async (scene: Scene): Promise<Input> => ({
  Certificates: [{ CertificateArn: await scene.certificate('second') }],
});
const attributes = (Key: string, Value: string) => (): Input => ({ Attributes: [{ Key, Value }] });
const describes = (member: string, of: (scene: Scene) => Promise<string>): Case => ({
  on: anywhere,
  input: async (scene) => ({ [member]: [await of(scene)] }),
  isOnePage: true,
});

export const elbv2Cases: Cases = {
  members: {
    ListenerArn: listener,
    LoadBalancerArn: balancer,
    ResourceArns: async (scene) => [await balancer(scene)],
    TagKeys: () => ['team'],
    Tags: () => tags,
    TargetGroupArn: group,
    Targets: () => [{ Id: '10.0.0.9', Port: 80 }],
  },
  operations: {
    AddListenerCertificates: { on: listener, input: second, deniable: lending },
    AddTags: [
      { on: balancer },
      { on: listener, input: async (scene) => ({ ResourceArns: [await listener(scene)] }) },
      { on: group, input: async (scene) => ({ ResourceArns: [await group(scene)] }) },
    ],
    CreateListener: {
      on: balancer,
      input: (scene) => scene.listenerSettings(),
      deniable: lending,
    },
    CreateLoadBalancer: {
      on: freshBalancer,
      input: (scene) => ({ Name: fresh(scene), Subnets: ['subnet-1', 'subnet-2'], Tags: tags }),
      also: (scene): Permission[] => [['elasticloadbalancing:AddTags', freshBalancer(scene)]],
    },
    CreateTargetGroup: {
      on: freshGroup,
      input: (scene) => ({ ...targetGroupSettings, Name: fresh(scene), Tags: tags }),
      also: (scene): Permission[] => [['elasticloadbalancing:AddTags', freshGroup(scene)]],
    },
    DeleteListener: { on: listener },
    DeleteLoadBalancer: { on: balancer },
    DeleteTargetGroup: { on: group },
    DeregisterTargets: {
      on: group,
      given: async (scene) =>
        scene.do('elasticloadbalancing', 'RegisterTargets', {
          TargetGroupArn: await group(scene),
          Targets: [{ Id: '10.0.0.9', Port: 80 }],
        }),
    },
    DescribeListenerAttributes: { on: anywhere },
    DescribeListenerCertificates: {
      on: anywhere,
      given: async (scene) =>
        scene.do('elasticloadbalancing', 'AddListenerCertificates', {
          ListenerArn: await listener(scene),
          ...(await second(scene)),
        }),
    },
    DescribeListeners: [
      describes('ListenerArns', listener),
      {
        on: anywhere,
        input: async (scene) => ({ LoadBalancerArn: await balancer(scene) }),
        given: async (scene) => {
          await listener(scene);
          await scene.do('elasticloadbalancing', 'CreateListener', {
            LoadBalancerArn: await balancer(scene),
            ...(await scene.listenerSettings()),
            Port: 18_444,
          });
        },
      },
    ],
    DescribeLoadBalancerAttributes: { on: anywhere },
    DescribeLoadBalancers: [
      { on: anywhere, given: balancer },
      describes('LoadBalancerArns', balancer),
      {
        on: anywhere,
        input: async (scene) => ({ Names: [(await balancer(scene)).split('/')[2]] }),
        isOnePage: true,
      },
    ],
    DescribeSSLPolicies: { on: anywhere },
    DescribeTags: { on: anywhere },
    DescribeTargetGroupAttributes: { on: anywhere },
    DescribeTargetGroups: [
      {
        on: anywhere,
        given: async (scene) => {
          await scene.targetGroup();
          await scene.targetGroup('-second');
        },
      },
      describes('TargetGroupArns', group),
      {
        on: anywhere,
        input: async (scene) => ({ LoadBalancerArn: await balancer(scene) }),
        given: listener,
        isOnePage: true,
      },
    ],
    DescribeTargetHealth: { on: anywhere },
    ModifyListener: { on: listener, input: second, deniable: lending },
    ModifyListenerAttributes: {
      on: listener,
      input: attributes('routing.http.response.server.enabled', 'false'),
    },
    ModifyLoadBalancerAttributes: {
      on: balancer,
      input: attributes('idle_timeout.timeout_seconds', '30'),
    },
    ModifyTargetGroupAttributes: {
      on: group,
      input: attributes('deregistration_delay.timeout_seconds', '30'),
    },
    RegisterTargets: { on: group },
    RemoveListenerCertificates: { on: listener, input: second },
    RemoveTags: { on: balancer },
  },
};
