import type { Kysely } from 'kysely';
import { createAddressBook } from '../services/elbv2/address-book.ts';
import type { Elbv2Tables } from '../services/elbv2/schema.ts';
import type { LoadBalancersPort, Route53Options } from '../services/route53/ports.ts';
import type { Settings } from './settings.ts';

/** The hosted zone of all load balancers, which alias records name. */
export const canonicalHostedZoneId = 'Z00HOLDFASTELB';

/** How names are served here, for all who make Route 53 or a part of it. */
export function route53Options({ suffix, nameServers, ownNameServers }: Settings): Route53Options {
  return {
    zones: {
      validation: `acm-validations.${suffix}`,
      loadBalancers: `elb.${suffix}`,
      nameServers: `dns.${suffix}`,
    },
    loadBalancerZoneId: canonicalHostedZoneId,
    nameServers,
    ownNameServers,
  };
}

/** The names of load balancers, which are in a room of their own. */
export function loadBalancerNames(
  db: Kysely<Elbv2Tables>,
  { gatewayHost }: Settings,
): LoadBalancersPort {
  const addressBook = createAddressBook(db, gatewayHost);
  return { loadBalancerAddresses: (name) => addressBook.addressesOf(name) };
}
