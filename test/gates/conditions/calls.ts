import type { Scene } from '../permissions/scene.ts';
import type { Called } from './case.ts';

let made = 0;

/** A name that nothing has yet. */
export function fresh({ name }: Scene): string {
  made += 1;
  return `${name}-${made}`;
}

const firstPort = 20_000;

export function createListener(more: object = {}): (scene: Scene) => Promise<Called> {
  return async (scene) => {
    made += 1;
    const settings = await scene.listenerSettings();
    const LoadBalancerArn = await scene.balancer();
    const Port = firstPort + made;
    return [
      'elasticloadbalancing',
      'CreateListener',
      { LoadBalancerArn, ...settings, Port, ...more },
    ];
  };
}

/** Through ELB and ACM a grant is made as the caller. The key's own policy allows it: only a Deny stops it. */
export const throughServices = { call: createListener(), denies: 'kms:CreateGrant' };
