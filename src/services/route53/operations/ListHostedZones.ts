import { operation } from '../../../aws/operation.ts';
import { NoSuchDelegationSet } from '../errors.ts';
import { bareId } from '../ids.ts';
import type { ListHostedZonesRequest, ListHostedZonesResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { pageSize, zoneShape } from '../shapes.ts';

const most = 100;

/** Route 53 leaves Marker out when the request has none, whatever its model says. */
type Page = Omit<ListHostedZonesResponse, 'Marker'> & { readonly Marker?: string };

export const ListHostedZones = operation<ListHostedZonesRequest, Page, Route53Ports>(
  'ListHostedZones',
  async (input, call, { reader }) => {
    await call.authorize('route53:ListHostedZones', '*');
    if (input.DelegationSetId !== undefined) {
      throw new NoSuchDelegationSet(bareId('hostedzone', input.DelegationSetId));
    }
    const size = pageSize(input.MaxItems, most);
    const from = bareId('hostedzone', input.Marker ?? '');
    // There are no private zones, and no other type to ask for.
    const isNone = input.HostedZoneType !== undefined;
    const found = isNone ? [] : await reader.zones(call.account, from, size + 1);
    const next = found[size];
    return {
      HostedZones: found.slice(0, size).map(zoneShape),
      ...(input.Marker === undefined ? {} : { Marker: input.Marker }),
      IsTruncated: next !== undefined,
      ...(next === undefined ? {} : { NextMarker: next.id }),
      MaxItems: String(size),
    };
  },
);
