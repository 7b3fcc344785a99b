/**
 * What the KMS path is compared with: one process of nothing but node:https that checks the Signature Version 4 of
 * each request and decrypts by AES-256-GCM itself. No policies, no grants, no record, no vault, one key in memory.
 * Started by `fork`: is told whom it knows, answers with its port.
 */
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface BareKmsSettings {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Base64, 32 bytes. */
  readonly key: string;
}

const ivBytes = 12;
const tagBytes = 16;

async function serve(): Promise<void> {
  const [settings] = (await once(process, 'message')) as [BareKmsSettings];
  const key = Buffer.from(settings.key, 'base64');
  const server = createServer(settings.tls, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => answer(request, response, Buffer.concat(chunks)));
  });
  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const isSigned = verify(request, body, settings);
    const answerBody = isSigned ? decrypt(body, key) : '{"__type":"InvalidSignatureException"}';
    response.writeHead(isSigned ? 200 : 400, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': Buffer.byteLength(answerBody),
    });
    response.end(answerBody);
  };
  server.listen(0, '127.0.0.1');
  process.once('disconnect', () => process.exit());
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}

function decrypt(body: Buffer, key: Buffer): string {
  const input = JSON.parse(body.toString()) as { CiphertextBlob: string };
  const blob = Buffer.from(input.CiphertextBlob, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, ivBytes));
  decipher.setAuthTag(blob.subarray(-tagBytes));
  const plaintext = decipher.update(blob.subarray(ivBytes, -tagBytes));
  decipher.final();
  return JSON.stringify({
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  });
}

const signingKeys = new Map<string, Uint8Array>();

/** @see AWS "Create a signed AWS API request" */
function verify(request: IncomingMessage, body: Buffer, known: BareKmsSettings): boolean {
  const [, accessKeyId, scope = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const timestamp = String(request.headers['x-amz-date']);
  const age = Temporal.Now.instant().epochMilliseconds - milliseconds(timestamp);
  if (accessKeyId !== known.accessKeyId || !(Math.abs(age) < 15 * 60_000)) return false;
  const canonicalRequest = [
    request.method,
    request.url,
    '',
    ...signedHeaders
      .split(';')
      .map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonicalRequest)].join('\n');
  let key = signingKeys.get(scope);
  if (key === undefined) {
    key = scope.split('/').reduce<Uint8Array>(hmac, Buffer.from(`AWS4${known.secretAccessKey}`));
    signingKeys.set(scope, key);
  }
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
}

/** `20261124T120000Z`. */
function milliseconds(timestamp: string): number {
  const iso = timestamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
  return Temporal.Instant.from(iso).epochMilliseconds;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Uint8Array, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

if (import.meta.main) await serve();
