export { IssuerRefusal, type IssuedCertificate, type Issuer, type Order } from './issuer.ts';
export { createPrivateCa, type PrivateCa } from './private-ca/index.ts';
export type { CaCall, PrivateCaPorts } from './private-ca/ports.ts';
export { privateCaMigrations, type PrivateCaTables } from './private-ca/schema.ts';
