import type { EventReader } from './store.ts';

export interface CloudTrailPorts {
  readonly reader: EventReader;
}
