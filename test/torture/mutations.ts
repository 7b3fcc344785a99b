import type { Mutation } from './control.ts';
import type { Fault } from './fault.ts';
import { parseFault } from './fault.ts';

interface KnownMutation extends Mutation {
  /** What is wrong then. */
  readonly meaning: string;
  /** The faults at which it shows; the first is tried first. */
  readonly showsAt: readonly Fault[];
}

/** Lines of the product without which a promise is broken. The torture has to notice each. */
export const mutations: readonly KnownMutation[] = [
  {
    meaning: 'a guard is not looked at: of two decisions on one state both are kept',
    file: 'src/store/sqlite/group-commit.ts',
    replace: 'if (rows !== undefined && count !== rows)',
    by: 'if (rows === -1)',
    showsAt: [{}],
  },
  {
    meaning: 'what is signed is written down in the commit of its certificate, not before',
    file: 'src/services/acm/jobs/issue-certificate.ts',
    replace: 'writer.keepIssuance(call.change, await prepare(certificate, call, ports));',
    by: 'await sign(certificate, await prepare(certificate, call, ports), call, ports); return writer.jobs.finish(call.change, job);',
    showsAt: [parseFault('worker/signature.made/-/1')],
  },
  {
    meaning: 'an answer does not wait for its commit',
    file: 'src/store/sqlite/index.ts',
    replace: 'await this.#writer.commit(change);',
    by: 'this.#writer.commit(change).catch(() => {});',
    showsAt: [
      parseFault('api/writer.before-commit/-/20'),
      parseFault('api/writer.before-commit/-/45'),
    ],
  },
  {
    meaning: 'a record is dropped',
    file: 'src/aws/pipeline/settle.ts',
    replace: 'if (records.length > 0) trail.write(',
    by: "if (records.length > 0 && records[0]?.eventName !== 'Decrypt') trail.write(",
    showsAt: [{}],
  },
  {
    meaning: 'the grant of a use that has ended is left behind',
    file: 'src/services/acm/associations.ts',
    replace: 'await ports.keys.retireGrant(',
    by: 'void (',
    showsAt: [{}],
  },
  {
    meaning: 'what is recovered is recorded, whether it is on record or not',
    file: 'src/processes/vault-epochs.ts',
    replace: 'change.write(this.#noted({ epoch, n }), { rows: 1 });',
    by: 'void [epoch, n];',
    showsAt: [parseFault('api/call.durable/Decrypt/3')],
  },
  {
    meaning: 'a first request makes a key of its own, whoever else has made one',
    file: 'src/services/kms/managed-key.ts',
    replace: 'if (existing !== undefined) return existing;',
    by: '',
    showsAt: [{}],
  },
];
