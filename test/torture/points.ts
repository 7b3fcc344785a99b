import type { FaultPoint } from '../../src/lib/fault-point.ts';
import { processNames } from '../process-table.ts';
import type { Place, Victim } from './control.ts';
import { steps, type Step } from './life.ts';

interface Facts {
  readonly steps: readonly Step[];
  /** Reached only when somebody else was killed before: who, and where it is reached then. */
  readonly after?: readonly (readonly [killed: Victim, reached: Omit<Place, 'point'>])[];
}

const all = steps;
const using = ['associate', 'renew', 're-associate'] as const;
const ending = ['revoke', 'disassociate'] as const;
const fed = [...using, ...ending, 'import'] as const;
const everyProcess = processNames.map(
  (name) => [name, { process: 'supervisor', of: name }] as const,
);

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
      ['api', { process: 'worker', of: '-' }],
      ['api', { process: 'api', of: '-' }],
      ['worker', { process: 'worker', of: '-' }],
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

/** The places that are reached only after another process was killed. */
export function placesAfterKills(): { readonly killed: Victim; readonly place: Place }[] {
  return Object.entries<Facts>(points).flatMap(([point, { after = [] }]) =>
    after.map(([killed, reached]) => ({
      killed,
      place: { ...reached, point: point as FaultPoint },
    })),
  );
}
