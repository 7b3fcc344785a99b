import type { GatewayAction } from '../../aws/gateway-feed.ts';
import type { ServingAttributes } from './attributes.ts';
import type { Target, TargetGroup } from './targets.ts';

/** A listener as a request sees it, at the moment at which it comes. */
export interface Front {
  readonly protocol: 'HTTP' | 'HTTPS';
  /** As the customer named it. */
  readonly port: number;
  readonly attributes: ServingAttributes;
  readonly action: GatewayAction | undefined;
  readonly targetGroup: (arn: string) => TargetGroup | undefined;
  /** In [0, 1): chooses among weighted target groups. */
  readonly chance: () => number;
}

export interface Chosen {
  readonly group: TargetGroup;
  readonly target: Target;
}

/** Chooses a target group by weight, then its next target; undefined when there is nobody to ask. */
export function chooseTarget({ action, chance, targetGroup }: Front): Chosen | undefined {
  if (action?.Type !== 'forward') return undefined;
  const weighted = action.ForwardConfig.TargetGroups.filter(({ Weight = 1 }) => Weight > 0);
  const total = weighted.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  let at = chance() * total;
  const tuple = weighted.find(({ Weight = 1 }) => (at -= Weight) < 0);
  const group = tuple === undefined ? undefined : targetGroup(tuple.TargetGroupArn);
  const target = group?.next();
  return group === undefined || target === undefined ? undefined : { group, target };
}
