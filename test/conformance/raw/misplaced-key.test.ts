import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { after, test } from 'node:test';
import { signRequest } from '../../../src/aws/sigv4/sign.ts';
import { formsIn, plantedKey, searchForms } from '../../planted-key.ts';
import { startWorld } from '../../world.ts';

// A private key that comes where none belongs is refused, and then it is nowhere: not in the answer, the log, the trail.

const world = await startWorld();
after(() => world[Symbol.asyncDispose]());

/** Small enough for every field. */
const { certificatePem, keyPem, forms } = plantedKey('ec');
const certificate = certificatePem.toString('base64');
const key = keyPem.toString('base64');
const [pem, digits] = [keyPem.toString(), keyPem.toString().replaceAll(/-.*-|\n/g, '')];
const arn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000000';

interface Sent {
  readonly service: string;
  readonly target?: string;
  readonly body: unknown;
  /** After signing. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

const acm = (operation: string, body: unknown): Sent => ({
  service: 'acm',
  target: `CertificateManager.${operation}`,
  body,
});
const form = (service: string, parameters: Record<string, string>): Sent => ({
  service,
  body: new URLSearchParams(parameters).toString(),
});
const unslashed = digits.replaceAll('/', '');
const name = unslashed.replaceAll(/[^A-Za-z0-9]/g, '');
const whole = { Certificate: certificate, PrivateKey: key };

function withCredential(credential: string): Sent {
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`;
  return { ...acm('ImportCertificate', whole), headers: { authorization } };
}

const cases: readonly (readonly [where: string, sent: Sent])[] = [
  ['as the certificate', acm('ImportCertificate', { Certificate: key, PrivateKey: key })],
  ['as the chain', acm('ImportCertificate', { ...whole, CertificateChain: key })],
  ['as text, not base64', acm('ImportCertificate', { ...whole, PrivateKey: pem })],
  ['cut off', acm('ImportCertificate', { ...whole, PrivateKey: key.slice(0, 120) })],
  [
    'under a name that is not known',
    acm('ImportCertificate', { Certificate: certificate, Key: key }),
  ],
  [
    'as the value of a tag',
    acm('ImportCertificate', { ...whole, Tags: [{ Key: 'k', Value: pem }] }),
  ],
  ['as the key of a tag', acm('ImportCertificate', { ...whole, Tags: [{ Key: pem, Value: 'v' }] })],
  ['for an ARN that is not there', acm('ImportCertificate', { ...whole, CertificateArn: arn })],
  ['in base64 as an ARN', acm('DescribeCertificate', { CertificateArn: key })],
  ['in base64 as a domain name', acm('RequestCertificate', { DomainName: key })],
  ['as an ARN', acm('DescribeCertificate', { CertificateArn: pem })],
  ['as a domain name', acm('RequestCertificate', { DomainName: pem })],
  ['as a token', acm('RequestCertificate', { DomainName: 'a.test', IdempotencyToken: pem })],
  ['as a passphrase', acm('ExportCertificate', { CertificateArn: arn, Passphrase: key })],
  ['in JSON that is broken', acm('ImportCertificate', `{"PrivateKey":"${key}`)],
  ['of another service', { service: 'kms', target: 'TrentService.Encrypt', body: whole }],
  ['as a KMS key', { service: 'kms', target: 'TrentService.DescribeKey', body: { KeyId: pem } }],
  ['as an operation', acm(digits, whole)],
  ['in base64 as a user', form('iam', { Action: 'GetUser', Version: '2010-05-08', UserName: key })],
  ['as a user', form('iam', { Action: 'GetUser', Version: '2010-05-08', UserName: pem })],
  ['as an action', form('iam', { Action: pem, Version: '2010-05-08' })],
  ['as a parameter', form('sts', { Action: 'GetCallerIdentity', Version: pem, PrivateKey: pem })],
  ['to a service that takes forms', { service: 'elasticloadbalancing', body: whole }],
  [
    'in a path',
    { ...form('route53', { Action: 'x' }), path: `/2013-04-01/${encodeURIComponent(pem)}` },
  ],
  ['in a query', { ...acm('ImportCertificate', whole), path: `/?key=${encodeURIComponent(pem)}` }],
  ['as a signature', { ...acm('ImportCertificate', whole), headers: { authorization: digits } }],
  ['as an access key', withCredential(`${digits}/20260101/us-east-1/acm/aws4_request`)],
  ['as the end of a scope', withCredential(`AKIA/20260101/us-east-1/acm/${unslashed}`)],
  ['as the date of a scope', withCredential(`AKIA/${unslashed}/us-east-1/acm/aws4_request`)],
  ['as a date', { ...acm('ImportCertificate', whole), headers: { 'x-amz-date': digits } }],
  [
    'as the name of a header',
    { ...acm('ImportCertificate', whole), headers: { [`x-amz-${name}`]: 'x' } },
  ],
];

for (const [where, sent] of cases) {
  test(`a private key ${where} is refused, and in nothing that is said of it`, async () => {
    const { status, answer } = await send(sent);
    assert.ok(status >= 400 && status < 500, `${status} ${answer.toString()}`);
    assert.deepEqual(formsIn(answer, forms), [], 'in the answer');
  });
}

test('nor is it in a log, a record or a file', async () => {
  assert.deepEqual(formsIn(Buffer.from(world.log()), forms), []);
  const { bytes, found } = searchForms(world.dataDirectory, forms);
  assert.ok(bytes > 100_000);
  assert.deepEqual(found, []);
});

/** The status; headers and body as they came. */
async function send({ service, target, body, headers = {}, path = '/' }: Sent) {
  const url = new URL(world.endpoint);
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const isForm = target === undefined;
  const signed = signRequest(
    {
      method: 'POST',
      host: url.host,
      headers: {
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/x-amz-json-1.1',
        ...(isForm ? {} : { 'x-amz-target': target }),
      },
      body: bytes,
    },
    { region: world.region, service },
    world.credentials,
    Temporal.Now.instant(),
  );
  const call = request(url, {
    method: 'POST',
    path,
    headers: { ...signed, ...headers },
    ca: world.caPem,
  });
  call.end(bytes);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const parts = (await response.toArray()) as Buffer[];
  const answer = Buffer.concat([Buffer.from(response.rawHeaders.join('\n')), ...parts]);
  return { status: response.statusCode ?? 0, answer };
}
