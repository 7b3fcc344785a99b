/**
 * Certificates that are imported each second: sent over HTTPS, checked against their keys, encrypted by the vault, on
 * record. Beside it, on one core and without a server, what nobody can leave out: reading both, comparing them, and
 * encrypting the key.
 *
 *   node bench/import.ts [seconds [clients]]
 */
import { createCipheriv, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { testCertificate } from '../src/dataplane/gateway/test-certificates.ts';
import { startWorld } from '../test/world.ts';
import { run, startGenerator } from './load.ts';
import { median, row, rowText, type Row, type RowOptions } from './row.ts';
import { signedRequest } from './signed-request.ts';

const rounds = 3;
const kinds = { 'P-256': 'ec', 'RSA 2048': 'rsa' } as const;

export async function importCertificate({ seconds, clients }: RowOptions): Promise<Row[]> {
  await using world = await startWorld();
  const generator = startGenerator();
  try {
    const rows: Row[] = [];
    for (const [name, kind] of Object.entries(kinds)) {
      const { pem, privateKey } = testCertificate(['import.bench.test'], kind);
      const certificate = Buffer.from(pem);
      const key = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const request = signedRequest(world, 'acm', 'CertificateManager.ImportCertificate', {
        Certificate: certificate.toString('base64'),
        PrivateKey: key.toString('base64'),
      });
      const server = { port: Number(new URL(world.endpoint).port), caPem: world.caPem };
      const ours: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const load = { ...server, clients, seconds, requests: [request] };
        const { perSecond } = await run(generator, load);
        const others = checksPerSecond(certificate, key, seconds / 3);
        // The first round is for warming up.
        if (round > 0) ours.push(perSecond);
        if (round > 0) bare.push(others);
      }
      rows.push(
        row({
          name: `ImportCertificate, ${name}, ${clients} clients`,
          unit: 'certificates/s',
          figure: median(ours, (each) => each),
          baselineName: 'reading, comparing, encrypting, one core',
          baselineFigure: median(bare, (each) => each),
          goal: { of: 'figure', atLeast: 500 },
          raw: { ours, bare },
        }),
      );
    }
    return rows;
  } finally {
    generator.kill();
  }
}

function checksPerSecond(certificate: Buffer, key: Buffer, seconds: number): number {
  const wrapping = randomBytes(32);
  const end = performance.now() + seconds * 1_000;
  let count = 0;
  while (performance.now() < end) {
    const privateKey = createPrivateKey(key);
    if (!new X509Certificate(certificate).checkPrivateKey(privateKey))
      throw new Error('the certificate is for another key');
    const cipher = createCipheriv('aes-256-gcm', wrapping, randomBytes(12));
    cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' }));
    cipher.final();
    count += 1;
  }
  return count / seconds;
}

if (import.meta.main) {
  const [seconds = 3, clients = 64] = process.argv.slice(2).map(Number);
  for (const each of await importCertificate({ seconds, clients }))
    process.stdout.write(`${rowText(each)}\n`);
}
