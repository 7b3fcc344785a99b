import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasOpenssl, OpensslFolder } from '../../../test/suites/openssl.ts';
import { checkImport } from './import-checks.ts';

// Everything here is made by openssl: another hand than ours wrote what we read.
const skip = { skip: !hasOpenssl };
/** A while after the certificates are made. */
const now = Temporal.Now.instant().add({ minutes: 5 });

const wrongChain = /^Could not validate the certificate with the certificate chain\.$/;
const badCertificate = /^The certificate is not PEM-encoded or is not valid\.$/;
const badChain = /^The certificate chain is not PEM-encoded or is not valid\.$/;

function check(certificate: string | Uint8Array, chain?: string, at = now) {
  return checkImport({
    certificate: Buffer.from(certificate),
    chain: chain === undefined ? undefined : Buffer.from(chain),
    now: at,
  });
}

function refused(
  message: RegExp,
  certificate: string | Uint8Array,
  chain?: string,
  at = now,
): void {
  assert.throws(() => check(certificate, chain, at), { name: 'ValidationException', message });
}

interface Made {
  readonly pem: string;
  readonly name: string;
}

/** Certificates made by `openssl req -x509`, each with a new key. */
class Authority implements Disposable {
  readonly folder = new OpensslFolder();
  #count = 0;

  make(options: {
    subject?: string;
    key?: string;
    issuer?: Made;
    extensions?: readonly string[];
    more?: readonly string[];
  }): Made {
    const { subject = '/CN=a.example', key = 'ec:P-256', issuer, extensions = [] } = options;
    const name = `c${++this.#count}`;
    const [type = '', detail = ''] = key.split(':');
    const newKey =
      type === 'ec'
        ? ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${detail}`]
        : ['-newkey', key];
    const signer =
      issuer === undefined ? [] : ['-CA', `${issuer.name}.pem`, '-CAkey', `${issuer.name}.key`];
    const config = this.folder.write(
      'req.cnf',
      '[req]\ndistinguished_name=dn\nstring_mask=utf8only\n[dn]\n',
    );
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
    // Without any extension openssl makes version 1.
    const added = ['subjectKeyIdentifier=hash', ...extensions].flatMap((each) => ['-addext', each]);
    const fixed = [
      'req',
      '-x509',
      '-nodes',
      '-utf8',
      '-config',
      config,
      '-subj',
      subject,
      '-days',
      '30',
    ];
    this.folder.run(...fixed, ...newKey, ...signer, ...added, ...files, ...(options.more ?? []));
    return { name, pem: this.folder.run('x509', '-in', `${name}.pem`) };
  }

  /** A root, and an intermediate below it. */
  chain(key = 'ec:P-256'): { root: Made; intermediate: Made } {
    const root = this.make({ subject: '/O=Example GmbH/CN=root', key, extensions: ca('') });
    const subject = '/O=Example GmbH/CN=intermediate';
    return { root, intermediate: this.make({ subject, key, issuer: root, extensions: ca('') }) };
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

function ca(more: string): string[] {
  return [`basicConstraints=critical,CA:TRUE${more}`, 'keyUsage=keyCertSign,cRLSign'];
}

test('a certificate with its chain is taken, with the root or without', skip, () => {
  using authority = new Authority();
  const { root, intermediate } = authority.chain();
  const { pem } = authority.make({
    subject: '/C=DE/ST=Berlin/L=Berlin/O=Example GmbH/OU=Ops/CN=intern.example.net',
    issuer: intermediate,
    extensions: [
      'subjectAltName=DNS:intern.example.net,DNS:WWW.intern.example.net,IP:192.0.2.7,IP:2001:db8::1',
      'keyUsage=digitalSignature,nonRepudiation,keyEncipherment',
      'extendedKeyUsage=serverAuth,1.2.3.4',
    ],
    more: ['-set_serial', '0x03e9'],
  });
  check(pem, intermediate.pem);
  const { leaf, ...imported } = check(pem, intermediate.pem + root.pem);
  assert.deepEqual(imported.names, [
    'intern.example.net',
    'www.intern.example.net',
    '192.0.2.7',
    '2001:db8::1',
  ]);
  assert.equal(imported.domainName, 'intern.example.net');
  assert.equal(imported.keyAlgorithm, 'EC_prime256v1');
  assert.equal(imported.certificatePem, pem);
  assert.equal(imported.chainPem, intermediate.pem + root.pem);
  const { serial, subject, issuer, signatureAlgorithm, keyUsages, extendedKeyUsages } = leaf;
  assert.deepEqual(
    { serial, subject, issuer, signatureAlgorithm, keyUsages, extendedKeyUsages },
    {
      serial: '03:e9',
      subject: 'C=DE,ST=Berlin,L=Berlin,O=Example GmbH,OU=Ops,CN=intern.example.net',
      issuer: 'Example GmbH',
      signatureAlgorithm: 'SHA256WITHECDSA',
      keyUsages: ['DIGITAL_SIGNATURE', 'NON_REPUDIATION', 'KEY_ENCIPHERMENT'],
      extendedKeyUsages: [
        { Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' },
        { Name: 'CUSTOM', OID: '1.2.3.4' },
      ],
    },
  );
});

test('a self-signed certificate needs no chain and may have none', skip, () => {
  using authority = new Authority();
  const { pem } = authority.make({ key: 'rsa:2048', extensions: ['keyUsage=digitalSignature'] });
  assert.equal(check(pem).keyAlgorithm, 'RSA_2048');
  refused(wrongChain, pem, pem);
  refused(wrongChain, pem, authority.make({ subject: '/CN=another' }).pem);
});

test(
  'a self-signed certificate with an extension that OpenSSL cannot read is refused',
  skip,
  () => {
    using authority = new Authority();
    const nameConstraints = '2.5.29.30=DER:3009a00730053003820161';
    refused(/is not a valid self signed/, authority.make({ extensions: [nameConstraints] }).pem);
    const names = '2.5.29.17=DER:301da41b0c19310b3009060355040613024445310a300806035504030c0161';
    const usage = 'keyUsage=digitalSignature';
    refused(badCertificate, authority.make({ extensions: [names, usage] }).pem);
    const notToSign = authority.make({ extensions: [nameConstraints, usage] });
    refused(/is not a valid self signed/, notToSign.pem);
  },
);

test('without key usages a certificate may be used for anything', skip, () => {
  using authority = new Authority();
  const { keyUsages, extendedKeyUsages } = check(authority.make({}).pem).leaf;
  assert.deepEqual(
    { keyUsages, extendedKeyUsages },
    { keyUsages: ['ANY'], extendedKeyUsages: [{ Name: 'NONE' }] },
  );
});

test('a certificate is refused that is longer than clients take', skip, () => {
  using authority = new Authority();
  const filled = (count: number): string =>
    authority.make({
      extensions: Array.from(
        { length: count },
        (_, n) => `1.2.3.${n}=ASN1:UTF8String:${'x'.repeat(10_000)}`,
      ),
    }).pem;
  assert.equal(check(filled(9)).domainName, 'a.example');
  refused(/^The certificate and its chain must not be longer than 102400 bytes\.$/, filled(11));
});

test('a certificate of an authority needs its chain', skip, () => {
  using authority = new Authority();
  const { intermediate } = authority.chain();
  refused(
    /^Provided certificate is not a valid self signed\. Please provide/,
    authority.make({ issuer: intermediate }).pem,
  );
});

test(
  'a chain is refused that is in another order, has a gap, repeats the leaf or belongs to another',
  skip,
  () => {
    using authority = new Authority();
    const { root, intermediate } = authority.chain();
    const other = authority.chain();
    const { pem } = authority.make({ issuer: intermediate });
    for (const chain of [
      root.pem,
      root.pem + intermediate.pem,
      pem + intermediate.pem,
      intermediate.pem + pem,
      intermediate.pem + other.root.pem,
      // The same names, another key: the signature decides.
      other.intermediate.pem,
      intermediate.pem + root.pem + root.pem + other.root.pem,
    ]) {
      refused(wrongChain, pem, chain);
    }
  },
);

test('only an authority certifies: CA flag, path length and key usage are obeyed', skip, () => {
  using authority = new Authority();
  const root = authority.make({ subject: '/CN=root', extensions: ca(',pathlen:0') });
  const notCa = authority.make({ subject: '/CN=no ca', extensions: ['basicConstraints=CA:FALSE'] });
  const below = authority.make({ subject: '/CN=below', issuer: root, extensions: ca('') });
  const cannotSign = authority.make({
    subject: '/CN=cannot sign',
    extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=digitalSignature'],
  });
  check(authority.make({ issuer: root }).pem, root.pem);
  refused(wrongChain, authority.make({ issuer: notCa }).pem, notCa.pem);
  refused(wrongChain, authority.make({ issuer: cannotSign }).pem, cannotSign.pem);
  refused(wrongChain, authority.make({ issuer: below }).pem, below.pem + root.pem);
});

test('time is looked at for leaf and intermediates, not for a root', skip, () => {
  using authority = new Authority();
  const { root, intermediate } = authority.chain();
  const { pem } = authority.make({ issuer: intermediate, more: ['-days', '90'] });
  const later = now.add({ hours: 24 * 31 });
  refused(wrongChain, pem, intermediate.pem, later);
  const byRoot = authority.make({ issuer: root, more: ['-days', '90'] });
  check(byRoot.pem, root.pem, later);
  refused(
    /^The certificate has expired, is not valid\.$/,
    byRoot.pem,
    root.pem,
    now.add({ hours: 24 * 91 }),
  );
  refused(
    /^The certificate is not in effect yet, is not valid\.$/,
    byRoot.pem,
    root.pem,
    now.subtract({ hours: 1 }),
  );
});

test('keys of the types and sizes of ACM are taken, others are not', skip, () => {
  using authority = new Authority();
  const algorithmOf = (key: string) => check(authority.make({ key }).pem).keyAlgorithm;
  assert.equal(algorithmOf('rsa:1024'), 'RSA_1024');
  assert.equal(algorithmOf('rsa:3072'), 'RSA_3072');
  assert.equal(algorithmOf('ec:P-384'), 'EC_secp384r1');
  assert.equal(algorithmOf('ec:P-521'), 'EC_secp521r1');
  for (const key of ['rsa:1536', 'ec:secp256k1', 'ed25519'])
    refused(
      /^The key type or size of the certificate is not supported\.$/,
      authority.make({ key }).pem,
    );
});

test('the key of the signer is of the same family', skip, () => {
  using authority = new Authority();
  const { intermediate } = authority.chain('rsa:2048');
  const { pem } = authority.make({ issuer: intermediate, key: 'ec:P-256' });
  refused(/same family/, pem, intermediate.pem);
  check(authority.make({ issuer: intermediate, key: 'rsa:2048' }).pem, intermediate.pem);
});

test('a SHA-1 signature counts for nothing but a certificate signed by itself', skip, () => {
  using authority = new Authority();
  const { intermediate } = authority.chain('rsa:2048');
  const weak = authority.make({ issuer: intermediate, key: 'rsa:2048', more: ['-sha1'] });
  refused(wrongChain, weak.pem, intermediate.pem);
  const own = check(authority.make({ key: 'rsa:2048', more: ['-sha1'] }).pem);
  assert.equal(own.leaf.signatureAlgorithm, 'SHA1WITHRSA');
});

test('a forged signature is seen', skip, () => {
  using authority = new Authority();
  const { intermediate } = authority.chain();
  const der = Buffer.from(
    authority.make({ issuer: intermediate }).pem.replace(/-----.*-----/g, ''),
    'base64',
  );
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
  refused(wrongChain, pem, intermediate.pem);
});

test('a certificate names a host: by DNS name, wildcard or IP address', skip, () => {
  using authority = new Authority();
  const named = (subject: string, ...names: string[]) =>
    authority.make({ subject, extensions: names.map((each) => `subjectAltName=${each}`) }).pem;
  assert.deepEqual(check(named('/O=Example', 'IP:192.0.2.1')).names, ['192.0.2.1']);
  assert.deepEqual(check(named('/CN=*.a.example')).names, ['*.a.example']);
  assert.equal(check(named('/CN=Our web server', 'DNS:a.example')).domainName, 'a.example');
  refused(/at least one fully qualified domain name or IP address/, named('/CN=Our web server'));
  refused(/at least one/, named('/O=Example', 'email:me@a.example'));
  refused(/at least one/, named('/CN=a.*.example'));
});

test('an OCSP URL has at most 1000 characters, and is never fetched', skip, () => {
  using authority = new Authority();
  const withUrl = (length: number) => {
    const url = `http://ocsp.a.example/${'x'.repeat(length)}`.slice(0, length);
    return authority.make({ extensions: [`authorityInfoAccess=OCSP;URI:${url}`] }).pem;
  };
  check(withUrl(1000));
  refused(/OCSP URL/, withUrl(1001));
});

test('version 1 is refused', skip, () => {
  using authority = new Authority();
  const { folder } = authority;
  authority.make({});
  folder.run(
    'req',
    '-new',
    '-key',
    'c1.key',
    '-subj',
    '/CN=a.example',
    '-config',
    'req.cnf',
    '-out',
    'csr',
  );
  folder.run('x509', '-req', '-in', 'csr', '-signkey', 'c1.key', '-days', '1', '-out', 'v1.pem');
  refused(/version 3/, folder.run('x509', '-in', 'v1.pem'));
});

test('PEM is normalised: text around it, line ends and widths are gone', skip, () => {
  using authority = new Authority();
  const { root, intermediate } = authority.chain();
  const { pem, name } = authority.make({ issuer: intermediate });
  const printed = authority.folder.run('x509', '-text', '-in', `${name}.pem`);
  assert.match(printed, /^Certificate:/);
  assert.equal(check(printed, intermediate.pem).certificatePem, pem);
  assert.equal(check(pem.replaceAll('\n', '\r\n'), intermediate.pem).certificatePem, pem);
  const body = pem.replace(/-----.*-----|\n/g, '');
  const inOneLine = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;
  assert.equal(check(inOneLine, intermediate.pem).certificatePem, pem);
  assert.equal(
    check(pem, ` \n${root.pem}`.replace(root.pem, `${intermediate.pem}\n\n${root.pem}`)).chainPem,
    intermediate.pem + root.pem,
  );
});

test('what is no certificate is refused, and so is a second one', skip, () => {
  using authority = new Authority();
  const { pem } = authority.make({});
  const key = authority.folder.run('pkey', '-in', 'c1.key');
  const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
  const block = (bytes: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;
  for (const bad of [
    '',
    'no certificate',
    der,
    key,
    pem + key,
    pem.slice(0, -30),
    pem.replace('CERTIFICATE', 'TRUSTED CERTIFICATE'),
    pem.replace('M', '!'),
    block(der.subarray(0, -1)),
    block(Buffer.concat([der, Buffer.alloc(1)])),
    block(Buffer.alloc(100, 0x30)),
    `-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n`,
  ]) {
    refused(badCertificate, bad);
    refused(badChain, pem, Buffer.from(bad).toString('latin1'));
  }
  refused(
    /^The certificate field contains more than one certificate\. You can specify only one/,
    pem + pem,
  );
});

test('no single changed byte makes it fall over', skip, () => {
  using authority = new Authority();
  const { intermediate } = authority.chain();
  const { pem } = authority.make({
    issuer: intermediate,
    extensions: ['subjectAltName=DNS:a.example', 'keyUsage=digitalSignature'],
  });
  const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
  for (let at = 0; at < der.length; at += 1) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const changed = Buffer.from(der);
      changed[at] = (changed[at] ?? 0) ^ mask;
      const text = `-----BEGIN CERTIFICATE-----\n${changed.toString('base64')}\n-----END CERTIFICATE-----\n`;
      assert.throws(() => check(text, intermediate.pem), { name: 'ValidationException' });
    }
  }
});

test('a long chain and a large text cost little', skip, () => {
  using authority = new Authority();
  const { pem } = authority.make({});
  refused(badChain, pem, pem.repeat(2000));
  const began = process.threadCpuUsage();
  refused(badChain, pem, '-----BEGIN CERTIFICATE-----\n'.repeat(70_000));
  refused(badChain, pem, `-----BEGIN CERTIFICATE-----\n${'A'.repeat(2_000_000)}`);
  refused(
    badChain,
    pem,
    `-----BEGIN CERTIFICATE-----\n${' '.repeat(2_000_000)}!\n-----END CERTIFICATE-----`,
  );
  assert.ok(process.threadCpuUsage(began).user < 1_000_000);
});
