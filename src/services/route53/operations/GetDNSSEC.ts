import { operation } from '../../../aws/operation.ts';
import { authorizedZone } from '../authorization.ts';
import type { GetDNSSECRequest, GetDNSSECResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';

/** No zone is signed, which is how Route 53 makes them. */
export const GetDNSSEC = operation<GetDNSSECRequest, GetDNSSECResponse, Route53Ports>(
  'GetDNSSEC',
  async (input, call, { reader }) => {
    await authorizedZone(call, reader, 'route53:GetDNSSEC', input.HostedZoneId);
    return { Status: { ServeSignature: 'NOT_SIGNING' }, KeySigningKeys: [] };
  },
);
