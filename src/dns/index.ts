export { createDnsServer, DnsBindError, type DnsServer, type DnsServerOptions } from './server.ts';
export type { DnsSource, ResourceRecord, Zone } from './source.ts';
export { createResolver, type Resolver, type ResolverOptions } from './resolver.ts';
export { NoAnswer, type NameServer } from './exchange.ts';
