export { IssuerRefusal } from './issuer.ts';
export { createPrivateCa, type PrivateCa } from './private-ca/index.ts';
export { privateCaMigrations, type PrivateCaTables } from './private-ca/schema.ts';
