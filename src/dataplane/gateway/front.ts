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
  const { TargetGroups } = action.ForwardConfig;
  const [only] = TargetGroups;
  const isAlone = TargetGroups.length === 1 && only?.Weight !== 0;
  const arn = isAlone ? only?.TargetGroupArn : byWeight(TargetGroups, chance());
  const group = arn === undefined ? undefined : targetGroup(arn);
  const target = group?.next();
  return group === undefined || target === undefined ? undefined : { group, target };
}

/** @param chance in [0, 1) */
function byWeight(
  tuples: readonly { readonly TargetGroupArn: string; readonly Weight?: number | undefined }[],
  chance: number,
): string | undefined {
  let at = chance * tuples.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  return tuples.find(({ Weight = 1 }) => (at -= Weight) < 0)?.TargetGroupArn;
}
