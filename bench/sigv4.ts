/**
 * The check of a signature: a request as the AWS SDK sends it, from its header lines to the signer, with a warm signing
 * key. Alone in this process, in CPU time; the baseline is the cryptography alone that no check can do without.
 *
 *   node bench/sigv4.ts [seconds]
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { KMSClient, DecryptCommand } from '@aws-sdk/client-kms';
import { accountId } from '../src/aws/arn.ts';
import type { Credential, Directory } from '../src/aws/directory.ts';
import { requestHead } from '../src/aws/http/messages.ts';
import { authenticate } from '../src/aws/sigv4/authenticate.ts';
import { SigningKeys } from '../src/aws/sigv4/signing-keys.ts';
import { accessKeyId, secretAccessKey } from '../src/aws/test-edge.ts';
import { systemClock } from '../src/lib/clock.ts';
import { Secret } from '../src/lib/secret.ts';
import { median, row, rowText, type Row, type RowOptions } from './row.ts';

const rounds = 7;
const batch = 500;

export async function sigv4({ seconds }: Pick<RowOptions, 'seconds'>): Promise<Row[]> {
  const request = await sdkRequest();
  const known = { directory: await directoryOfOne(), keys: new SigningKeys(), clock: systemClock };
  const check = async (): Promise<unknown> =>
    authenticate(requestHead(request), request.body, known);
  const bare = bareCheck(request.body, request.rawHeaders.join('\n'));
  const samples: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const sample = {
      ours: await microseconds(check, seconds / 4),
      bare: await microseconds(async () => bare(), seconds / 4),
    };
    // The first round is for warming up.
    if (round > 0) samples.push(sample);
  }
  const ours = median(samples, (each) => each.ours);
  return [
    row({
      name: 'signature check of a request of the AWS SDK',
      unit: 'a second of CPU time',
      figure: 1e6 / ours,
      baselineName: 'two SHA-256, one HMAC and a comparison',
      baselineFigure: 1e6 / median(samples, (each) => each.bare),
      goal: { of: 'figure', atLeast: 50_000 },
      raw: { samples },
    }),
  ];
}

/** CPU time of one `work`, of this thread and whatever it keeps busy. */
async function microseconds(work: () => Promise<unknown>, seconds: number): Promise<number> {
  const from = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  let count = 0;
  while (performance.now() < end) {
    for (let n = 0; n < batch; n++) await work();
    count += batch;
  }
  const { user, system } = process.cpuUsage(from);
  return (user + system) / count;
}

/** What the SDK hands to whoever sends for it. */
interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What the SDK would have sent, as Node's HTTP server hands it over. */
async function sdkRequest() {
  let sent: SentRequest | undefined;
  const client = new KMSClient({
    region: 'eu-west-1',
    endpoint: 'https://localhost:8443',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: SentRequest) {
        sent = request;
        throw new Error('nobody is asked');
      },
    },
  });
  await client.send(new DecryptCommand({ CiphertextBlob: Buffer.alloc(200, 7) })).catch(() => {});
  if (sent === undefined) throw new Error('the SDK sent nothing');
  return {
    method: sent.method,
    target: sent.path,
    rawHeaders: Object.entries(sent.headers).flat(),
    body: new Uint8Array(sent.body),
  };
}

async function directoryOfOne(): Promise<Directory> {
  const account = accountId('111122223333');
  const credential: Credential = {
    principal: {
      type: 'user',
      account,
      arn: `arn:aws:iam::${account}:user/bench`,
      principalId: 'AIDABENCH',
      accessKeyId,
      userName: 'bench',
    },
    secretAccessKey: new Secret(Buffer.from(secretAccessKey)),
  };
  return { credential: () => credential, policiesOf: () => ({ identity: [] }) };
}

function bareCheck(body: Uint8Array, headers: string): () => boolean {
  const key = createHmac('sha256', secretAccessKey).digest();
  const canonical = Buffer.from(headers, 'latin1');
  const expected = createHmac('sha256', key).update(hash('sha256', canonical)).digest();
  return () => {
    hash('sha256', body);
    const signature = createHmac('sha256', key).update(hash('sha256', canonical)).digest();
    return timingSafeEqual(signature, expected);
  };
}

if (import.meta.main) {
  const [seconds = 3] = process.argv.slice(2).map(Number);
  for (const each of await sigv4({ seconds })) process.stdout.write(`${rowText(each)}\n`);
}
