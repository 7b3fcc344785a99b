import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { reveal, Secret } from '../lib/secret.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import { GuardFailed, StoreUnavailable } from '../store/store.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';
import { region } from './arn.ts';
import type { Call } from './call.ts';
import { AwsError, CommonError } from './errors.ts';
import type { ServiceModel } from './model.ts';
import type { BoundOperation } from './operation.ts';
import {
  account,
  allow,
  fakeService,
  jsonOf,
  policy,
  sessionKeyId,
  sessionToken,
  signed,
  testEdge,
  textOf,
  type TestEdge,
} from './test-edge.ts';

const arn = `arn:aws:acm:eu-west-1:${account}:certificate/1`;

const model = {
  apiVersion: '2026-01-01',
  protocol: 'json',
  targetPrefix: 'Fake',
  operations: {
    GetThing: { input: 'In', output: 'Out', method: 'POST', uri: '/', errors: [] },
    PutThing: { input: 'In', output: 'Out', method: 'POST', uri: '/', errors: ['Broken'] },
  },
  shapes: {
    In: {
      type: 'structure',
      members: {
        ThingName: { shape: 'Name' },
        Secret: { shape: 'Hidden' },
        Data: { shape: 'Data' },
      },
      required: ['ThingName'],
    },
    Out: {
      type: 'structure',
      members: { ThingName: { shape: 'Name' }, Secret: { shape: 'Hidden' } },
    },
    Name: { type: 'string', min: 1, max: 8, pattern: '[a-z]+' },
    Hidden: { type: 'blob', sensitive: true, max: 64 },
    Data: { type: 'blob' },
    Broken: {
      type: 'structure',
      members: { message: { shape: 'Name' }, Reason: { shape: 'Name' } },
      error: { code: 'Broken', status: 400 },
    },
  },
} as const satisfies ServiceModel;

function edgeWith(operation: BoundOperation): TestEdge {
  return testEdge([fakeService(model, 'acm', { GetThing: operation, PutThing: operation }, {})]);
}

function put(edge: TestEdge, input: unknown = { ThingName: 'abc' }, name = 'PutThing') {
  return edge.send({ service: 'acm', target: `Fake.${name}`, body: JSON.stringify(input) });
}

function receipt(n: number): VaultReceipt {
  return {
    epoch: '00',
    n,
    operation: 'encrypt',
    keyId: '00',
    contextHash: '00',
    recipientHash: undefined,
    principal: 'p',
    mac: '00',
  };
}

const allowed: BoundOperation = async (input, call) => {
  await call.authorize('acm:PutThing', arn);
  return input;
};

void suite('a call that succeeds', () => {
  void test('answers after its record is durable, with the request id of the record', async () => {
    const edge = edgeWith(allowed);
    const answer = await put(edge);
    assert.equal(answer.status, 200);
    assert.deepEqual(jsonOf(answer), { ThingName: 'abc' });
    const [record] = edge.records;
    assert.equal(record?.requestID, answer.headers['x-amzn-requestid']);
    assert.equal(edge.commits, 1);
  });

  void test('is recorded as CloudTrail records it', async () => {
    const edge = edgeWith(async (input, call) => {
      await call.authorize('acm:PutThing', arn);
      call.audit.resource({ type: 'AWS::ACM::Certificate', arn });
      return input;
    });
    await put(edge);
    const { eventID, requestID, ...record } = edge.records[0]!;
    assert.match(eventID, /^[0-9a-f-]{36}$/);
    assert.match(requestID, /^[0-9a-f-]{36}$/);
    assert.deepEqual(record, {
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDAALICE',
        arn: 'arn:aws:iam::111122223333:user/alice',
        accountId: '111122223333',
        accessKeyId: 'AKIAALICE',
        userName: 'alice',
      },
      eventTime: '2026-11-24T12:00:00Z',
      eventSource: 'acm.amazonaws.com',
      eventName: 'PutThing',
      awsRegion: 'eu-west-1',
      sourceIPAddress: '192.0.2.7',
      userAgent: 'test/1',
      requestParameters: { thingName: 'abc' },
      responseElements: { thingName: 'abc' },
      readOnly: false,
      resources: [{ accountId: '111122223333', type: 'AWS::ACM::Certificate', ARN: arn }],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: 'localhost:4566',
      },
    });
  });

  void test('has no responseElements when it only reads', async () => {
    const edge = edgeWith(allowed);
    await put(edge, { ThingName: 'abc' }, 'GetThing');
    assert.equal(edge.records[0]?.responseElements, null);
    assert.equal(edge.records[0]?.readOnly, true);
  });

  void test('names the role of a session', async () => {
    const edge = edgeWith(allowed);
    const answer = await edge.send({
      service: 'acm',
      target: 'Fake.PutThing',
      body: '{"ThingName":"abc"}',
      accessKeyId: sessionKeyId,
      sessionToken,
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(edge.records[0]?.userIdentity['sessionContext'], {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAGATEWAY',
        arn: 'arn:aws:iam::111122223333:role/gateway',
        accountId: '111122223333',
        userName: 'gateway',
      },
      attributes: { creationDate: '2026-11-24T11:30:00Z', mfaAuthenticated: 'false' },
    });
  });

  void test('confirms its receipts after the commit, and keeps them in the record', async () => {
    const edge = edgeWith(async (_input, call) => {
      call.needsNoPermission();
      call.audit.receipt(receipt(1));
      assert.deepEqual(edge.confirmed, []);
      return {};
    });
    await put(edge);
    assert.deepEqual(edge.confirmed, [receipt(1)]);
    assert.deepEqual(edge.records[0]?.additionalEventData, { vaultReceipts: [receipt(1)] });
  });
});

void suite('secrets', () => {
  void test('reach the operation as Secret, and are gone when the call is over', async () => {
    let seen: Secret | undefined;
    let copy = '';
    const edge = edgeWith(async (input, call) => {
      call.needsNoPermission();
      seen = (input as { Secret: Secret }).Secret;
      copy = Buffer.from(reveal(seen)).toString();
      return { Secret: new Secret(Buffer.from('answer')) };
    });
    const secret = Buffer.from('hunter2').toString('base64');
    const request = signed(
      { service: 'acm', target: 'Fake.PutThing', body: `{"ThingName":"abc","Secret":"${secret}"}` },
      edge.now,
    );
    const answer = await edge.pipeline.handle(request);
    assert.equal(copy, 'hunter2');
    assert.throws(() => reveal(seen!), /disposed/);
    assert.ok(request.body.every((byte) => byte === 0));
    assert.deepEqual(jsonOf(answer), { Secret: Buffer.from('answer').toString('base64') });
    assert.equal(edge.records[0]?.requestParameters?.['secret'], 'HIDDEN_DUE_TO_SECURITY_REASONS');
    assert.equal(edge.records[0]?.responseElements?.['secret'], 'HIDDEN_DUE_TO_SECURITY_REASONS');
    assert.ok(!JSON.stringify(edge.records).includes(secret));
  });

  void test('that stand where they do not belong are neither echoed nor recorded', async () => {
    const edge = edgeWith(async (input, call) => {
      call.needsNoPermission();
      const { ThingName } = input as { ThingName: string };
      throw new AwsError('NotFound', `There is no ${ThingName}.`);
    });
    const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----';
    const body = JSON.stringify({ ThingName: key });
    const answer = await edge.send({ service: 'acm', target: 'Fake.PutThing', body });
    assert.ok(!`${textOf(answer)} ${JSON.stringify(edge.records)}`.includes('MIGHAgEA'));
    assert.equal(edge.records.length, 1);
  });

  void test('of an answer that could not be recorded are overwritten', async () => {
    const answered: Secret[] = [];
    const edge = edgeWith(async (_input, call) => {
      call.needsNoPermission();
      const secret = new Secret(Buffer.from('answer'));
      answered.push(secret);
      return { Secret: secret };
    });
    edge.failures.push(
      new GuardFailed(),
      new StoreUnavailable('full'),
      new StoreUnavailable('full'),
    );
    await put(edge);
    assert.equal(answered.length, 2);
    for (const secret of answered) assert.equal(secret.byteLength, 0);
  });

  void test('of an answer whose record cannot be made are overwritten', async () => {
    const secret = new Secret(Buffer.from('answer'));
    const unspeakable = { toJSON: () => assert.fail('no JSON of this') };
    const edge = edgeWith(async (_input, call) => {
      call.needsNoPermission();
      return { Secret: secret, ThingName: unspeakable };
    });
    assert.equal((await put(edge)).status, 500);
    assert.equal(secret.byteLength, 0);
  });

  void test('are not echoed by a validation error', async () => {
    const edge = edgeWith(allowed);
    const secret = Buffer.alloc(65, 'x').toString('base64');
    const answer = await put(edge, { ThingName: 'abc', Secret: secret });
    assert.deepEqual(jsonOf(answer), {
      __type: 'ValidationException',
      message:
        "1 validation error detected: Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 64",
    });
    assert.equal(edge.records[0]?.errorCode, 'ValidationException');
  });
});

void suite('a call that is refused', () => {
  void test('is recorded with its error, and nothing that it decided is kept', async () => {
    let committed = false;
    const edge = edgeWith(async (_input, call) => {
      await call.authorize('acm:PutThing', arn);
      call.change.afterCommit(() => {
        committed = true;
      });
      throw new AwsError('Broken', 'it broke', { members: { Reason: 'age', Other: 'no' } });
    });
    const answer = await put(edge);
    assert.equal(answer.status, 400);
    assert.deepEqual(jsonOf(answer), { __type: 'Broken', message: 'it broke', Reason: 'age' });
    assert.equal(edge.records[0]?.errorCode, 'Broken');
    assert.equal(edge.records[0]?.errorMessage, 'it broke');
    assert.equal(edge.records[0]?.responseElements, null);
    assert.equal(committed, false);
  });

  void test('by no policy reads as AWS says it', async () => {
    const edge = edgeWith(allowed);
    edge.policies = [];
    assert.deepEqual(jsonOf(await put(edge)), {
      __type: 'AccessDeniedException',
      Message: `User: arn:aws:iam::111122223333:user/alice is not authorized to perform: acm:PutThing on resource: ${arn} because no identity-based policy allows the acm:PutThing action`,
    });
  });

  void test('by an explicit deny says so', async () => {
    const edge = edgeWith(allowed);
    edge.policies = [allow('*'), policy({ Effect: 'Deny', Action: 'acm:*', Resource: '*' })];
    assert.match(
      textOf(await put(edge)),
      /acm:PutThing on resource: \S+ with an explicit deny in an identity-based policy/,
    );
  });

  void test('because it never asked for a permission is an internal failure', async () => {
    const edge = edgeWith(async () => ({}));
    const answer = await put(edge);
    assert.equal(answer.status, 500);
    assert.equal(jsonOf(answer)['__type'], 'InternalFailure');
    assert.match(edge.logged.join(), /did not ask for its permission/);
  });

  void test('by an unforeseen error tells the client nothing of it', async () => {
    const edge = edgeWith(async () => {
      throw new Error('the password is hunter2');
    });
    const answer = await put(edge);
    assert.equal(answer.status, 500);
    assert.ok(!textOf(answer).includes('hunter2'));
    assert.ok(!JSON.stringify(edge.records).includes('hunter2'));
  });

  void test('while the vault restarts can be tried again', async () => {
    const edge = edgeWith(async () => {
      throw new VaultUnavailable();
    });
    const answer = await put(edge);
    assert.equal(answer.status, 503);
    assert.equal(edge.records[0]?.errorCode, 'ServiceUnavailable');
  });

  void test('with an unknown key is recorded in the installation’s account', async () => {
    const edge = edgeWith(allowed);
    const answer = await edge.send({
      service: 'acm',
      target: 'Fake.PutThing',
      body: '{}',
      accessKeyId: 'AKIANOBODY',
    });
    assert.deepEqual(jsonOf(answer), {
      __type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
    assert.equal(edge.records[0]?.recipientAccountId, '999999999999');
    assert.deepEqual(edge.records[0]?.userIdentity, { type: 'Unknown', accountId: '999999999999' });
  });

  void test('with a wrong signature is recorded in the key’s account, without a name', async () => {
    const edge = edgeWith(allowed);
    const answer = await edge.send({
      service: 'acm',
      target: 'Fake.PutThing',
      body: '{}',
      secretAccessKey: 'another',
    });
    assert.equal(jsonOf(answer)['__type'], 'InvalidSignatureException');
    assert.equal(edge.records[0]?.recipientAccountId, account);
    assert.equal(edge.records[0]?.userIdentity['arn'], undefined);
  });

  void test('that names neither a service nor a key leaves no record', async () => {
    const edge = edgeWith(allowed);
    const answer = await edge.pipeline.handle({
      ...signed({ service: 'acm' }, edge.now),
      method: 'GET',
      rawHeaders: ['host', 'localhost'],
    });
    assert.equal(answer.status, 403);
    assert.match(textOf(answer), /<Code>MissingAuthenticationToken<\/Code>/);
    assert.deepEqual(edge.records, []);
  });

  void test('before its body was read is recorded under the service that it is signed for', async () => {
    const edge = edgeWith(allowed);
    const request = { ...signed({ service: 'acm' }, edge.now), body: new Uint8Array(0) };
    await edge.pipeline.refuse(request, new CommonError('too-large', 'The body is too large.'));
    assert.equal(edge.records[0]?.eventSource, 'acm.amazonaws.com');
    assert.equal(edge.records[0]?.errorCode, 'RequestEntityTooLargeException');
  });

  void test('without a user agent does not pass for a call from inside', async () => {
    const edge = edgeWith(allowed);
    const { rawHeaders } = signed({ service: 'acm', target: 'Fake.PutThing' }, edge.now);
    const agent = rawHeaders.findIndex((name) => name.toLowerCase() === 'user-agent');
    await edge.send({
      service: 'acm',
      target: 'Fake.PutThing',
      tamper: (request) => ({ ...request, rawHeaders: rawHeaders.toSpliced(agent, 2) }),
    });
    assert.equal(edge.records[0]?.userAgent, '-');
  });

  void test('for an operation that is not known', async () => {
    const edge = edgeWith(allowed);
    for (const target of ['Fake.Nothing', 'Fake.constructor', 'Other.PutThing', 'PutThing']) {
      const answer = await edge.send({ service: 'acm', target, body: '{}' });
      assert.equal(jsonOf(answer)['__type'], 'UnknownOperationException');
    }
    assert.equal(edge.records[0]?.eventName, 'UnknownOperation');
  });
});

void suite('whatever a request holds', () => {
  void test('it is answered, and no stack or source is told', async () => {
    const edge = edgeWith(allowed);
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '/2013-04-01/hostedzone/%',
        '/',
        '?Action=%',
        '%zz',
        'Fake.PutThing',
        '{',
        '\u0000',
      ),
    );
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'),
      target: fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')),
      name: fc.constantFrom('authorization', 'x-amz-target', 'x-amz-date', 'host', 'expect'),
      value: part,
      body: fc.uint8Array({ maxLength: 64 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ method, target, name, value, body }) => {
        const answer = await edge.send({
          service: 'acm',
          target: 'Fake.PutThing',
          tamper: (signedRequest) => ({
            ...signedRequest,
            method,
            target,
            body,
            rawHeaders: [...signedRequest.rawHeaders, name, value],
          }),
        });
        assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
        assert.doesNotMatch(textOf(answer), /\.ts|at .*\(/);
      }),
    );
    assert.deepEqual(edge.logged, []);
  });
});

void suite('the commit', () => {
  void test('that fails a guard makes the operation decide again, and keeps every receipt', async () => {
    let runs = 0;
    const edge = edgeWith(async (input, call) => {
      call.needsNoPermission();
      call.audit.receipt(receipt(++runs));
      return input;
    });
    edge.failures.push(new GuardFailed(), new GuardFailed());
    const answer = await put(edge);
    assert.equal(answer.status, 200);
    assert.equal(runs, 3);
    assert.deepEqual(edge.records[0]?.additionalEventData, {
      vaultReceipts: [receipt(1), receipt(2), receipt(3)],
    });
    assert.deepEqual(edge.confirmed, [receipt(1), receipt(2), receipt(3)]);
    assert.equal(edge.records.length, 1);
  });

  void test('that fails a guard again and again ends in a retryable error that is recorded', async () => {
    const edge = edgeWith(allowed);
    edge.failures.push(...Array.from({ length: 12 }, () => new GuardFailed()));
    const answer = await put(edge);
    assert.equal(answer.status, 503);
    assert.equal(edge.records[0]?.errorCode, 'ServiceUnavailable');
  });

  void test('that the store does not take is answered by nothing but a retryable error', async () => {
    const edge = edgeWith(async (input, call) => {
      call.needsNoPermission();
      call.audit.receipt(receipt(1));
      return input;
    });
    edge.failures.push(new StoreUnavailable('full'), new StoreUnavailable('full'));
    const answer = await put(edge);
    assert.equal(answer.status, 503);
    assert.deepEqual(edge.records, []);
    assert.deepEqual(edge.confirmed, []);
    assert.deepEqual(edge.abandoned, [receipt(1)], 'somebody else is to record the use');
  });
});

void suite('calls of other services', () => {
  const grant = { eventSource: 'kms.amazonaws.com', eventName: 'CreateGrant', readOnly: false };

  void test('are not to be feigned by what an operation knows of its input', async () => {
    const edge = edgeWith(async (_input, call) => {
      await call.authorize('acm:PutThing', arn, {
        context: {
          'kms:ViaService': 'acm.eu-west-1.amazonaws.com',
          'aws:ViaAWSService': 'true',
          'aws:PrincipalIsAWSService': 'true',
        },
      });
    });
    for (const [operator, key, value] of [
      ['StringEquals', 'kms:ViaService', 'acm.eu-west-1.amazonaws.com'],
      ['Bool', 'aws:ViaAWSService', 'true'],
      ['Bool', 'aws:PrincipalIsAWSService', 'true'],
    ] as const) {
      const Condition = { [operator]: { [key]: value } };
      edge.policies = [policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition })];
      assert.equal(jsonOf(await put(edge))['__type'], 'AccessDeniedException', key);
    }
  });

  void test('on the caller’s behalf ask for the caller’s rights, through the service', async () => {
    const edge = edgeWith(async (_input, call) => {
      await call.authorize('acm:PutThing', arn);
      const kms = call.via('acm.amazonaws.com');
      await kms.nested(grant, async (inner: Call) => {
        inner.audit.receipt(receipt(1));
        inner.audit.requestParameters({ keyId: 'k' });
        await inner.authorize('kms:CreateGrant', '*');
      });
      return {};
    });
    edge.policies = [
      allow('acm:*'),
      policy({
        Effect: 'Allow',
        Action: 'kms:*',
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:ViaService': 'acm.eu-west-1.amazonaws.com',
            'kms:CallerAccount': account,
            'aws:CalledViaLast': 'acm.amazonaws.com',
          },
          Bool: { 'aws:ViaAWSService': 'true', 'aws:SecureTransport': 'true' },
        },
      }),
    ];
    assert.equal((await put(edge)).status, 200);
    assert.equal(edge.records.length, 2);
    const nested = edge.records[1]!;
    assert.equal(nested.userIdentity['invokedBy'], 'acm.amazonaws.com');
    assert.equal(nested.userIdentity['userName'], 'alice');
    assert.equal(nested.sourceIPAddress, 'acm.amazonaws.com');
    assert.equal(nested.tlsDetails, undefined);
    assert.deepEqual(nested.requestParameters, { keyId: 'k' });
    assert.deepEqual(edge.confirmed, [receipt(1)]);
  });

  void test('that a policy denies fail the outer call, and both are recorded', async () => {
    const edge = edgeWith(async (_input, call) => {
      await call.authorize('acm:PutThing', arn);
      await call
        .via('acm.amazonaws.com')
        .nested(grant, (inner) => inner.authorize('kms:CreateGrant', '*'));
      return {};
    });
    edge.policies = [allow('acm:*')];
    assert.equal(jsonOf(await put(edge))['__type'], 'AccessDeniedException');
    assert.deepEqual(
      edge.records.map(({ eventName, errorCode }) => [eventName, errorCode]),
      [
        ['PutThing', 'AccessDeniedException'],
        ['CreateGrant', 'AccessDeniedException'],
      ],
    );
  });

  void test('are marked as rolled back when the outer call fails after them', async () => {
    const edge = edgeWith(async (_input, call) => {
      call.needsNoPermission();
      await call.via('acm.amazonaws.com').nested(grant, async () => {});
      throw new AwsError('Broken', 'later');
    });
    await put(edge);
    assert.deepEqual(edge.records[1]?.additionalEventData, { outcome: 'RolledBack' });
  });

  void test('of a service for itself have none of the caller’s rights', async () => {
    const edge = edgeWith(async (_input, call) => {
      call.needsNoPermission();
      const own = call.as('acm.eu-west-1.amazonaws.com');
      assert.equal(own.principal.type, 'service');
      await own.authorize('kms:Encrypt', '*');
      return {};
    });
    assert.match(textOf(await put(edge)), /User: acm\.eu-west-1\.amazonaws\.com is not authorized/);
  });
});

void suite('work that no request asked for', () => {
  const job = {
    name: 'renew-certificate',
    service: 'acm.amazonaws.com',
    account,
    region: region('eu-west-1'),
  };

  void test('has a record of its own only when it used a key', async () => {
    const edge = edgeWith(allowed);
    await edge.pipeline.runJob(job, async () => {});
    assert.equal(edge.records.length, 0);
    await edge.pipeline.runJob(job, async (call) => call.audit.receipt(receipt(1)));
    assert.equal(edge.records[0]?.eventName, 'RenewCertificate');
    assert.equal(edge.records[0]?.eventType, 'AwsServiceEvent');
    assert.deepEqual(edge.confirmed, [receipt(1)]);
  });

  void test('runs again when a guard failed, and throws what it cannot do', async () => {
    const edge = edgeWith(allowed);
    edge.failures.push(new GuardFailed());
    let runs = 0;
    await edge.pipeline.runJob(job, async () => {
      runs += 1;
    });
    assert.equal(runs, 2);
    await assert.rejects(
      edge.pipeline.runJob(job, async () => {
        throw new AwsError('Broken', 'no');
      }),
      /no/,
    );
  });

  void test('of the operator is allowed by no policy, and recorded', async () => {
    const edge = edgeWith(allowed);
    edge.policies = [];
    const output = await edge.pipeline.runAsOperator(
      {
        eventName: 'AllowDomain',
        requestParameters: { suffix: '.test' },
        account,
        region: region('eu-west-1'),
      },
      async (call) => {
        await call.authorize('holdfast:AllowDomain', '*');
        return 7;
      },
    );
    assert.equal(output, 7);
    assert.equal(edge.records[0]?.eventName, 'AllowDomain');
    assert.deepEqual(edge.records[0]?.requestParameters, { suffix: '.test' });
  });
});
