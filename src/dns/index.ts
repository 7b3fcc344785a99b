export { createDnsServer, DnsBindError, type DnsServer } from './server.ts';
export { createResolver } from './resolver.ts';
