import { gatewaySigningName } from '../../aws/gateway-feed.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { GatewayFeedPorts } from './ports.ts';

/** The room has no tables: what it tells is the load balancers' own. */
export interface GatewayFeed {
  readonly service: Service;
}

export function createGatewayFeed(ports: GatewayFeedPorts): GatewayFeed {
  return {
    service: {
      model,
      signingName: gatewaySigningName,
      eventSource: 'holdfast.internal',
      readOnly: new Set(['ProveGrants', 'WatchConfiguration']),
      isGlobal: false,
      operations: bindOperations(operations, ports),
    },
  };
}
