import type { Kysely } from 'kysely';
import type { Elbv2Tables } from './schema.ts';

/** For the DNS server: where the names of load balancers lead. */
export interface AddressBook {
  /** Addresses of the load balancer with this DNSName (any case, no dot at the end); none when there is none. */
  addressesOf(dnsName: string): Promise<string[]>;
}

/** @param gatewayHost bound in the place of each load balancer's own address, where the platform has no 127.0.x.y */
export function createAddressBook(db: Kysely<Elbv2Tables>, gatewayHost?: string): AddressBook {
  return {
    async addressesOf(dnsName) {
      const row = await db
        .selectFrom('elbv2_load_balancer')
        .select('address')
        .where('dns_name', '=', dnsName.toLowerCase())
        .executeTakeFirst();
      return row === undefined ? [] : [gatewayHost ?? row.address];
    },
  };
}
