import { operation } from '../../../aws/operation.ts';
import { formatName, orderOf } from '../domain/names.ts';
import { InvalidInput } from '../errors.ts';
import type { ListHostedZonesByNameRequest, ListHostedZonesByNameResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { pageSize, zoneName, zoneShape } from '../shapes.ts';

const most = 100;

/** In the order of reversed labels. No two zones here have one name, so that a name is a place in the list. */
export const ListHostedZonesByName = operation<
  ListHostedZonesByNameRequest,
  ListHostedZonesByNameResponse,
  Route53Ports
>('ListHostedZonesByName', async (input, call, { reader }) => {
  await call.authorize('route53:ListHostedZonesByName', '*');
  const { DNSName, HostedZoneId } = input;
  if (HostedZoneId !== undefined && DNSName === undefined) {
    throw new InvalidInput('The hosted zone ID was specified without a DNS name.');
  }
  const size = pageSize(input.MaxItems, most);
  const from = DNSName === undefined ? '' : orderOf(zoneName(DNSName));
  const found = await reader.zonesByName(call.account, from, size + 1);
  const next = found[size];
  return {
    HostedZones: found.slice(0, size).map(zoneShape),
    ...(DNSName === undefined ? {} : { DNSName }),
    ...(HostedZoneId === undefined ? {} : { HostedZoneId }),
    IsTruncated: next !== undefined,
    ...(next === undefined
      ? {}
      : { NextDNSName: formatName(next.name), NextHostedZoneId: next.id }),
    MaxItems: String(size),
  };
});
