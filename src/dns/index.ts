export { createDnsServer, DnsBindError, type DnsServer } from './server.ts';
export { notifySecondaries } from './notify.ts';
export { createResolver } from './resolver.ts';
export { createSurveyor, type Survey, type Surveyor } from './survey.ts';
export { judgeCaa, type RelevantCaa } from './caa.ts';
export { NoAnswer } from './exchange.ts';
export { lookUp, type LookUp } from './look-up.ts';
