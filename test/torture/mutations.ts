import type { Mutation } from './control.ts';
import { parseFault, type Fault } from './fault.ts';

interface KnownMutation {
  /** Which promise is broken. */
  readonly meaning: string;
  readonly edits: readonly Mutation[];
  /** The faults at which it shows. */
  readonly showsAt: readonly Fault[];
}

/** Lines of the product without which a promise is broken. The torture has to notice each. */
export const mutations: readonly KnownMutation[] = [
  {
    meaning: 'guards are not looked at: of decisions on one state all are kept',
    edits: [
      {
        file: 'src/store/sqlite/group-commit.ts',
        replace: 'if (rows !== undefined && count !== rows)',
        by: 'if (rows === -1)',
      },
      {
        // They always meet then.
        file: 'src/services/elbv2/listener-change.ts',
        replace: 'checkCertificateCount(listeners, change);\n',
        by: 'await new Promise((resolve) => setTimeout(resolve, 300)); checkCertificateCount(listeners, change);\n',
      },
    ],
    showsAt: [{}],
  },
  {
    meaning: 'what is signed is not written down before it is signed',
    edits: [
      {
        file: 'src/services/acm/jobs/validate-domains.ts',
        replace: 'await prepareIssuance(proved, call, ports);',
        by: '',
      },
      {
        file: 'src/services/acm/jobs/issue-certificate.ts',
        replace:
          'await prepareIssuance(certificate, call, ports);\n      const unhurried = { ...job, attempts: 0 };',
        by: 'await prepareIssuance(certificate, call, ports); return writer.jobs.finish(call.change, job); const unhurried = job;',
      },
      {
        file: 'src/services/acm/jobs/issue-certificate.ts',
        replace: '{ keys, issuer, writer, reader }: AcmPorts,',
        by: 'ports: AcmPorts,',
      },
      {
        file: 'src/services/acm/jobs/issue-certificate.ts',
        replace: 'const { ciphertext, publicKey, keyArn } =',
        by: 'const { keys, issuer, reader } = ports; const { ciphertext, publicKey, keyArn } =',
      },
      {
        file: 'src/services/acm/jobs/issue-certificate.ts',
        replace:
          'writer.keepIssuance(call.change, { ...owner, ciphertext, kms_key_arn: keyArn, prepared });',
        by: "const done = await issuer.sign(ownCall(call), prepared); if (!('prepared' in done)) await keep(certificate, { ...owner, ciphertext, kms_key_arn: keyArn, prepared }, done, call, ports);",
      },
      {
        file: 'src/issuance/private-ca/issue.ts',
        replace: 'if (!(await this.#ledger.has(caId, serial, tbs)))',
        by: 'if (serial === "")',
      },
    ],
    showsAt: [parseFault('worker/signature.made/-/1')],
  },
  {
    meaning: 'an answer does not wait for its commit',
    edits: [
      {
        file: 'src/aws/pipeline/settle.ts',
        replace: 'await store.commit(change);',
        by: "if (records[0]?.eventName === 'ImportCertificate') setTimeout(() => void store.commit(change), 50); else await store.commit(change);",
      },
    ],
    showsAt: [parseFault('api@associate:5')],
  },
  {
    meaning: 'a record is dropped',
    edits: [
      {
        file: 'src/aws/pipeline/settle.ts',
        replace: 'if (records.length > 0) trail.write(',
        by: "if (records.length > 0 && records[0]?.eventName !== 'Decrypt') trail.write(",
      },
    ],
    showsAt: [{}],
  },
  {
    meaning: 'the grant of a use that has ended is left behind',
    edits: [
      {
        file: 'src/services/acm/associations.ts',
        replace: 'await ports.keys.retireGrant(',
        by: 'void (',
      },
    ],
    showsAt: [{}],
  },
  {
    meaning: 'what is recovered is recorded, whether it is on record or not',
    edits: [
      {
        file: 'src/processes/receipt-recovery.ts',
        replace: 'await books.unrecorded(some);',
        by: 'some;',
      },
      {
        file: 'src/processes/vault-epochs.ts',
        replace: 'change.write(this.#noted({ epoch, n }), { rows: 1 });',
        by: 'void [epoch, n];',
      },
    ],
    showsAt: [parseFault('api/call.durable/Decrypt/3')],
  },
  {
    meaning: 'a request whose token is known makes another certificate',
    edits: [
      {
        file: 'src/services/acm/operations/RequestCertificate.ts',
        replace: 'if (made !== undefined) return',
        by: "if (made === '') return",
      },
      {
        file: 'src/services/acm/operations/RequestCertificate.ts',
        replace: 'if (token !== undefined)\n    writer.keepToken(',
        by: "if (token === '')\n    writer.keepToken(",
      },
    ],
    showsAt: [{}],
  },
];
