export { isCidr } from './addresses.ts';
export { OutboundError } from './errors.ts';
export { createOutbound, type Outbound, type OutboundSettings } from './outbound.ts';
