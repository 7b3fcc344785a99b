import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { test } from 'node:test';
import { sslPolicies, defaultSslPolicy } from '../../aws/ssl-policies.ts';
import { SecureContexts } from './secure-contexts.ts';
import { ServedCertificate } from './served-certificate.ts';
import { testCertificate } from './test-certificates.ts';
import type { TestCertificate } from './test-certificates.ts';

const policy = sslPolicies.get(defaultSslPolicy) ?? assert.fail();

/** An "envelope" that is the key itself. */
function served({ pem, privateKey }: TestCertificate): ServedCertificate {
  const envelope = privateKey.export({ type: 'pkcs8', format: 'der' });
  const certificate = {
    CertificateArn: 'arn',
    IsDefault: true,
    CertificatePem: pem,
    Ciphertext: '',
    KmsKeyArn: '',
    GrantId: 'grant',
    Revision: 1,
  };
  return new ServedCertificate(certificate, envelope);
}

test('the key is lent as PEM that node:crypto reads, and nothing of it is left after', () => {
  for (const kind of ['ec', 'rsa'] as const) {
    const certificate = testCertificate(['a.test'], kind);
    const opened: Uint8Array[] = [];
    const contexts = new SecureContexts((envelope) => {
      const der = Uint8Array.from(envelope);
      opened.push(der);
      return der;
    });
    let lent: Buffer | undefined;
    const isSame = contexts.withKey(served(certificate), (pem) => {
      lent = pem;
      return createPrivateKey(pem).equals(certificate.privateKey);
    });
    assert.equal(isSame, true);
    for (const bytes of [lent, ...opened]) assert.ok(bytes?.every((byte) => byte === 0));
    assert.throws(() =>
      contexts.withKey(served(certificate), (pem) => {
        lent = pem;
        throw new Error('no');
      }),
    );
    assert.ok(
      lent?.every((byte) => byte === 0),
      'after a failure, too',
    );
  }
});

test('a context is made once, and the least recently used are let go of', () => {
  let opened = 0;
  const contexts = new SecureContexts((envelope) => {
    opened += 1;
    return Uint8Array.from(envelope);
  }, 2);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => served(testCertificate([name])));
  assert.ok(a && b && c);
  const first = contexts.get(a, policy);
  contexts.get(b, policy);
  assert.equal(contexts.get(a, policy), first);
  contexts.get(c, policy);
  assert.equal(opened, 3);
  assert.equal(contexts.get(a, policy), first);
  contexts.get(b, policy);
  assert.equal(opened, 4, 'b was the oldest');
});

test('a context that is let go of leaves its connections alone, and its memory does not wait for V8', async (t) => {
  const contexts = new SecureContexts((envelope) => Uint8Array.from(envelope), 1);
  const [a, b] = ['a', 'b'].map((name) => served(testCertificate([name])));
  assert.ok(a && b);
  const server = createServer({
    SNICallback: (_name, done) => done(null, contexts.get(a, policy)),
  }).on('secureConnection', (socket) => socket.pipe(socket));
  t.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, servername: 'a.test', rejectUnauthorized: false });
  t.after(() => client.destroy());
  await once(client, 'secureConnect');
  const { context } = contexts.get(a, policy) as { context: { getCertificate(): unknown } };
  assert.ok(context.getCertificate() instanceof Uint8Array);
  contexts.get(b, policy);
  assert.ok(!(context.getCertificate() instanceof Uint8Array));
  client.write('still there');
  const [bytes] = (await once(client, 'data')) as [Buffer];
  assert.equal(String(bytes), 'still there');
});

test('a key of another certificate is found out', () => {
  const contexts = new SecureContexts((envelope) => Uint8Array.from(envelope));
  const wrong = { ...testCertificate(['a.test']), pem: testCertificate(['a.test']).pem };
  assert.throws(() => contexts.check(served(wrong)), /key values mismatch/);
});
