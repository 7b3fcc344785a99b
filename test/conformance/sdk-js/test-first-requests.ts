import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import {
  ACMClient,
  ImportCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';

/** A quarter of the clients of first-requests.test.ts, in a thread of its own. */
export interface FirstRequests {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly caPem: string;
  /** Names are counted from here. */
  readonly first: number;
  readonly count: number;
  readonly certificatePem: Uint8Array;
  readonly keyPem: Uint8Array;
}

assert.ok(!isMainThread);
const { caPem, first, count, certificatePem, keyPem, ...place } = workerData as FirstRequests;
// Many systems allow a process 1,024 open files.
const agent = new Agent({ ca: caPem, keepAlive: true, maxSockets: 200 });
// Every call succeeds the first time.
const acm = new ACMClient({ ...place, maxAttempts: 1, requestHandler: { httpsAgent: agent } });
const arns = await Promise.all(
  Array.from({ length: count }, async (_, at) => {
    const command =
      at % 2 === 0
        ? acm.send(new RequestCertificateCommand({ DomainName: `n${first + at}.first.test` }))
        : acm.send(
            new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
          );
    return (await command).CertificateArn;
  }),
);
agent.destroy();
parentPort?.postMessage(arns);
