export { IssuerRefusal } from './issuer.ts';
export { privateCaAuthoritySets } from './private-ca/authority-sets.ts';
export { createPrivateCa, type PrivateCa } from './private-ca/index.ts';
export { privateCaMigrations, type PrivateCaTables } from './private-ca/schema.ts';
