import type { FaultPoint } from '../../src/lib/fault-point.ts';
import { processNames } from '../process-table.ts';
import type { Place, Victim } from './control.ts';
import type { Fault, Kill } from './fault.ts';
import { steps, type Step } from './life.ts';

interface Facts {
  readonly steps: readonly Step[];
  /** Reached only when somebody was killed before: who or where, and where it is reached then. */
  readonly after?: readonly (readonly [killed: Victim | Place, reached: Omit<Place, 'point'>])[];
}

export interface PlaceAfterKill {
  readonly killed: Victim | Place;
  readonly place: Place;
}

const all = steps;
const using = ['associate', 'renew', 're-associate'] as const;
const ending = ['revoke', 'disassociate'] as const;
const fed = [...using, ...ending, 'import'] as const;
const everyProcess = processNames.map(
  (name) => [name, { process: 'supervisor', of: name }] as const,
);

/** Where a process has receipts of which the vault has not heard that they are recorded. */
const withReceipts = {
  api: { process: 'api', point: 'vault.answered', of: 'decrypt' },
  worker: { process: 'worker', point: 'vault.answered', of: 'signCsr' },
} as const;

/** The closed table of fault points: which steps of a life lead through each. What each means stands beside its name. */
export const points = {
  'call.decided': { steps: all },
  'call.durable': { steps: all },
  'call.unanswered': { steps: all },
  'refusal.durable': { steps: ['request'] },
  'writer.before-begin': { steps: all },
  'writer.before-commit': { steps: all },
  'writer.after-commit': { steps: all },
  'writer.before-truncation': { steps: ['renew', 'import', 'disassociate', 'delete'] },
  'writer.after-truncation': { steps: ['renew', 'import', 'disassociate', 'delete'] },
  'vault.asked': { steps: all },
  'vault.used': { steps: ['request', 'import', ...using] },
  'vault.confirmed': { steps: ['request', 'import', ...using] },
  'vault.answered': { steps: ['request', 'import', ...using] },
  'managed-key.made': { steps: ['request'] },
  'issuance.prepared': { steps: ['request', 'renew'] },
  'signature.next': { steps: ['request', 'renew'] },
  'signature.made': { steps: ['request', 'renew'] },
  'issuance.signed': { steps: ['request', 'renew'] },
  'import.taken': { steps: ['import'] },
  'association.granted': { steps: ['associate', 're-associate'] },
  'reassociation.of-one-use': { steps: ['renew', 'import'] },
  'disassociation.retired': { steps: ['disassociate'] },
  'grant.ended': { steps: ending },
  'job.leased': { steps: ['request', 'renew'] },
  'renewal.proved': { steps: ['renew'] },
  'feed.counted': { steps: fed },
  'feed.answering': { steps: fed },
  'gateway.heard': { steps: fed },
  'gateway.dropped': { steps: ending },
  'gateway.decrypted': { steps: [...using, 'import'] },
  'dns.answering': { steps: ['request'] },
  'receipts.abandoned': {
    steps: all,
    after: [
      [withReceipts.api, { process: 'worker', of: '-' }],
      [withReceipts.api, { process: 'api', of: '-' }],
      [withReceipts.worker, { process: 'worker', of: '-' }],
    ],
  },
  'epoch.closing': { steps: all, after: [['vault', { process: 'worker', of: '-' }]] },
  'supervisor.saw-end': { steps: all, after: everyProcess },
  'supervisor.started': {
    steps: all,
    after: everyProcess.filter(([name]) => name !== 'vault'),
  },
  'supervisor.vault-started': {
    steps: all,
    after: [['vault', { process: 'supervisor', of: '-' }]],
  },
  'supervisor.enrolled': {
    steps: fed,
    after: [['gateway', { process: 'supervisor', of: '-' }]],
  },
  'supervisor.has-credentials': {
    steps: fed,
    after: [['gateway', { process: 'supervisor', of: '-' }]],
  },
} satisfies Readonly<Record<FaultPoint, Facts>>;

/** The fault that leads to such a place: a process is killed at a place that leads there, or at a moment of a step. */
export function faultAfterKill(
  { killed, place }: PlaceAfterKill,
  moment: Omit<Kill, 'victim'>,
): Fault {
  const at = { ...place, hit: 1 };
  if (typeof killed === 'string') return { at, kill: { victim: killed, ...moment } };
  return { at: { ...killed, hit: 1, next: at } };
}

/** The places that are reached only after a process was killed. */
export function placesAfterKills(): PlaceAfterKill[] {
  return Object.entries<Facts>(points).flatMap(([point, { after = [] }]) =>
    after.map(([killed, reached]) => ({
      killed,
      place: { ...reached, point: point as FaultPoint },
    })),
  );
}
