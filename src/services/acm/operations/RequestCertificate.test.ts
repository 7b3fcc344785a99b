import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IssuerRefusal } from '../../../issuance/issuer.ts';
import { describe, prove, request, testRoom } from '../test-room.ts';

test('a request shows its records at once, and is issued when they are there', async () => {
  const room = await testRoom();
  const arn = await request(room, { SubjectAlternativeNames: ['*.A.example', 'a.example'] });
  const pending = await describe(room, arn);
  assert.deepEqual(pending.SubjectAlternativeNames, ['a.example', '*.a.example']);
  const [base, wildcard] = pending.DomainValidationOptions ?? [];
  assert.match(base?.ResourceRecord?.Name ?? '', /^_[0-9a-f]{32}\.a\.example\.$/);
  assert.match(
    base?.ResourceRecord?.Value ?? '',
    /^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.test\.$/,
  );
  assert.deepEqual(base?.ResourceRecord, wildcard?.ResourceRecord);
  assert.equal(pending.KeyAlgorithm, 'RSA-2048');

  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  await prove(room, arn);
  room.pass({ seconds: 1 });
  await room.work();
  const issued = await describe(room, arn);
  assert.equal(issued.Status, 'ISSUED');
  assert.deepEqual(
    issued.DomainValidationOptions?.map((each) => each.ValidationStatus),
    ['SUCCESS', 'SUCCESS'],
  );
  assert.equal(issued.RenewalEligibility, 'INELIGIBLE');
  const body = await room.run<{ Certificate: string }>('GetCertificate', { CertificateArn: arn });
  assert.match(body.Certificate, /a\.example signed by key 1$/);
});

test('records are the same for every certificate of a domain', async () => {
  const room = await testRoom();
  const [first, second] = [
    await describe(room, await request(room)),
    await describe(room, await request(room)),
  ];
  assert.deepEqual(first.DomainValidationOptions, second.DomainValidationOptions);
});

test('a request that is not proved within 72 hours times out', async () => {
  const room = await testRoom();
  const arn = await request(room);
  for (let hour = 0; hour < 72; hour++) {
    assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
    room.pass({ hours: 1 });
    await room.work();
  }
  assert.equal((await describe(room, arn)).Status, 'VALIDATION_TIMED_OUT');
  await prove(room, arn);
  room.pass({ hours: 1 });
  assert.equal(await room.work(), 0);
});

test('the same token and parameters give the same certificate for an hour, others a new one', async () => {
  const room = await testRoom();
  const first = await request(room, { IdempotencyToken: 'once' });
  assert.equal(await request(room, { IdempotencyToken: 'once' }), first);
  assert.notEqual(
    await request(room, { IdempotencyToken: 'once', KeyAlgorithm: 'EC_prime256v1' }),
    first,
  );
  room.pass({ hours: 1 });
  assert.notEqual(await request(room, { IdempotencyToken: 'once' }), first);
});

test('for an issuer that speaks ACME the record is _acme-challenge, and stays it when another signs new ones', async () => {
  const room = await testRoom();
  const names = { DomainName: 'a.example', SubjectAlternativeNames: ['*.a.example'] };
  const own = await request(room, names);
  room.chosenIssuer = 'ca';
  const acme = await request(room, names);
  room.chosenIssuer = undefined;
  const recordsOf = async (arn: string) => [
    ...new Map(
      ((await describe(room, arn)).DomainValidationOptions ?? []).map(({ ResourceRecord }) => [
        ResourceRecord?.Name,
        ResourceRecord?.Value,
      ]),
    ),
  ];
  const [[name, value] = [], ...more] = await recordsOf(acme);
  assert.equal(name, '_acme-challenge.a.example.');
  assert.deepEqual(more, []);
  const [[ownName, ownValue] = []] = await recordsOf(own);
  assert.match(ownName ?? '', /^_[0-9a-f]{32}\.a\.example\.$/);
  assert.equal(value, ownValue);
});

test('of two calls with one token at once, both get the certificate of one', async () => {
  const room = await testRoom();
  let other = '';
  room.beforeCommit = async () => {
    other = await request(room, { IdempotencyToken: 'once' });
  };
  assert.equal(await request(room, { IdempotencyToken: 'once' }), other);
});

test('a token of a deleted certificate makes a new one', async () => {
  const room = await testRoom();
  const first = await request(room, { IdempotencyToken: 'once' });
  await room.run('DeleteCertificate', { CertificateArn: first });
  assert.notEqual(await request(room, { IdempotencyToken: 'once' }), first);
});

test('authorization sees names, method, algorithm, export option and tags', async () => {
  const room = await testRoom();
  await request(room, {
    SubjectAlternativeNames: ['B.example'],
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  const [asked, tagging] = room.asked;
  assert.equal(asked?.action, 'acm:RequestCertificate');
  assert.deepEqual(asked?.context, {
    'acm:DomainNames': ['a.example', 'b.example'],
    'acm:ValidationMethod': 'DNS',
    'acm:KeyAlgorithm': 'RSA_2048',
    'acm:Export': 'DISABLED',
    'acm:CertificateTransparencyLogging': 'ENABLED',
    'acm:CertificateKeyPairOrigin': 'AWS_MANAGED',
    'acm:CertificateAuthority': undefined,
    'aws:RequestTag/team': 'a',
    'aws:TagKeys': ['team'],
  });
  assert.equal(tagging?.action, 'acm:AddTagsToCertificate');
});

for (const [why, input, error] of [
  ['a method that is not DNS', { ValidationMethod: 'EMAIL' }, 'InvalidParameterException'],
  [
    'a private authority',
    { CertificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:1:certificate-authority/x' },
    'InvalidParameterException',
  ],
  ['a weak key', { KeyAlgorithm: 'RSA_1024' }, 'InvalidParameterException'],
  [
    'eleven names',
    { SubjectAlternativeNames: Array.from({ length: 10 }, (_, n) => `n${n}.example`) },
    'LimitExceededException',
  ],
  [
    'a label that only looks like Punycode',
    { DomainName: 'ab--example.com' },
    'InvalidParameterException',
  ],
  ['Punycode that does not decode', { DomainName: 'xn--example.com' }, 'InvalidParameterException'],
  [
    'a validation domain that is no superdomain',
    { DomainValidationOptions: [{ DomainName: 'a.example', ValidationDomain: 'b.example' }] },
    'InvalidDomainValidationOptionsException',
  ],
  ['a tag of AWS itself', { Tags: [{ Key: 'aws:x', Value: '' }] }, 'InvalidTagException'],
] as const) {
  test(`a request with ${why} is refused and leaves nothing`, async () => {
    const room = await testRoom();
    await assert.rejects(request(room, input), { name: error });
    assert.equal(await room.work(), 0);
  });
}

test('a refusal of the authority makes the request FAILED', async () => {
  const room = await testRoom();
  const arn = await request(room);
  await prove(room, arn);
  room.refusal = new IssuerRefusal('CAA_ERROR', 'no');
  await room.work();
  const { Status, FailureReason } = await describe(room, arn);
  assert.deepEqual({ Status, FailureReason }, { Status: 'FAILED', FailureReason: 'CAA_ERROR' });
  assert.deepEqual(room.failures, ['issuance']);
  assert.deepEqual(room.told, []);
});

test("Amazon's own names are accepted and then fail", async () => {
  const room = await testRoom();
  const arn = await request(room, { DomainName: 'x.amazonaws.com' });
  await room.work();
  assert.equal((await describe(room, arn)).FailureReason, 'DOMAIN_NOT_ALLOWED');
});

test('a step that a crash cut off is done again when its lease ends, without a second key pair', async () => {
  const room = await testRoom();
  const arn = await request(room);
  await prove(room, arn);
  const { sign } = room.ports.issuer;
  let crashes = 1;
  Object.assign(room.ports.issuer, {
    sign: (...given: Parameters<typeof sign>) =>
      crashes-- > 0 ? Promise.reject(new Error('killed')) : sign(...given),
  });
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  room.pass({ minutes: 3 });
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
  assert.equal(room.keyPairs, 1);
});
