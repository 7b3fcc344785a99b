import type { Kysely } from 'kysely';
import { createAddressBook } from '../services/elbv2/index.ts';
import { createRoute53, type CnamesWritten, type Route53 } from '../services/route53/index.ts';
import type { Tables } from './data-store.ts';
import type { Settings } from './settings.ts';

/** The hosted zone of all load balancers, which alias records name. */
export const canonicalHostedZoneId = 'Z00HOLDFASTELB';

/** Route 53 with the names of load balancers: for the API, for the worker's look-ups, and for the DNS server. */
export function createNameService(
  db: Kysely<Tables>,
  { suffix, dns, gatewayHost }: Settings,
  cnamesWritten?: CnamesWritten,
): Route53 {
  const addressBook = createAddressBook(db, gatewayHost);
  return createRoute53(
    db,
    {
      zones: {
        validation: `acm-validations.${suffix}`,
        loadBalancers: `elb.${suffix}`,
        nameServers: `dns.${suffix}`,
      },
      loadBalancerZoneId: canonicalHostedZoneId,
      nameServerAddresses: [dns.host],
    },
    { loadBalancerAddresses: (name) => addressBook.addressesOf(name) },
    cnamesWritten,
  );
}
