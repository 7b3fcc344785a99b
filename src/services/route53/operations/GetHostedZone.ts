import { operation } from '../../../aws/operation.ts';
import { authorizedZone } from '../authorization.ts';
import type { GetHostedZoneRequest, GetHostedZoneResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { delegationSet, zoneShape } from '../shapes.ts';

export const GetHostedZone = operation<GetHostedZoneRequest, GetHostedZoneResponse, Route53Ports>(
  'GetHostedZone',
  async (input, call, { reader, options }) => {
    const zone = await authorizedZone(call, reader, 'route53:GetHostedZone', input.Id);
    return { HostedZone: zoneShape(zone), DelegationSet: delegationSet(options) };
  },
);
