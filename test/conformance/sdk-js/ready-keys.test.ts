import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { createZone, detailOf, issuedCertificate } from '../../issued.ts';
import { hasProcessTable, processesOf } from '../../process-table.ts';
import { clientsOf } from '../../sdk-clients.ts';
import { until } from '../../until.ts';
import { startWorld } from '../../world.ts';

const perRound = 8;
/** The pool is filled from the third second on. */
const fillMilliseconds = 4_000;

test(
  'no two certificates have one key, whoever is killed while ready keys are used',
  { skip: !hasProcessTable },
  async () => {
    await using world = await startWorld({ '--ready-keys': '6' });
    using clients = clientsOf(world);
    const zoneId = await createZone(clients, 'ready.test');
    const DomainName = 'www.ready.test';
    const arns = [
      await issuedCertificate(clients, zoneId, { DomainName, KeyAlgorithm: 'EC_prime256v1' }),
    ];
    for (const victim of ['worker', 'vault', undefined] as const) {
      await sleep(fillMilliseconds);
      const requested = await Promise.all(
        Array.from({ length: perRound }, async () => {
          const { CertificateArn = '' } = await clients.acm.send(
            new RequestCertificateCommand({ DomainName, ValidationMethod: 'DNS' }),
          );
          return CertificateArn;
        }),
      );
      arns.push(...requested);
      const pid = victim && processesOf(world.pid).get(victim);
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    }
    const keys = await Promise.all(
      arns.map(async (CertificateArn) => {
        await until('it is issued', 120, async () =>
          (await detailOf(clients, CertificateArn)).Status === 'ISSUED' ? true : undefined,
        );
        const { Certificate = '' } = await clients.acm.send(
          new GetCertificateCommand({ CertificateArn }),
        );
        const { publicKey } = new X509Certificate(Certificate);
        return publicKey.export({ type: 'spki', format: 'der' }).toString('hex');
      }),
    );
    assert.equal(keys.length, 3 * perRound + 1);
    assert.equal(new Set(keys).size, keys.length);
  },
);
