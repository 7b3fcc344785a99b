import { operation } from '../../../aws/operation.ts';
import type { GetHostedZoneCountRequest, GetHostedZoneCountResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';

export const GetHostedZoneCount = operation<
  GetHostedZoneCountRequest,
  GetHostedZoneCountResponse,
  Route53Ports
>('GetHostedZoneCount', async (_input, call, { reader }) => {
  await call.authorize('route53:GetHostedZoneCount', '*');
  return { HostedZoneCount: await reader.zoneCount(call.account) };
});
