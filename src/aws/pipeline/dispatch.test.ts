import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { model as acm } from '../../services/acm/model.ts';
import { model as cloudtrail } from '../../services/cloudtrail/model.ts';
import { model as iam } from '../../services/iam/model.ts';
import { model as route53 } from '../../services/route53/model.ts';
import { claimOf, findOperation } from './dispatch.ts';
import { requestHead } from '../http/messages.ts';
import { fakeService } from '../test-edge.ts';

const services = new Map(
  [
    fakeService(acm, 'acm', { ListCertificates: async () => ({}) }),
    fakeService(cloudtrail, 'cloudtrail', { LookupEvents: async () => ({}) }),
    fakeService(iam, 'iam', { GetUser: async () => ({}) }),
    fakeService(route53, 'route53', { ListHostedZones: async () => ({}) }),
  ].map((service) => [service.signingName, service]),
);

function find(
  signingName: string,
  from: { target?: string; form?: string; path?: string },
): string {
  const rawHeaders = from.target === undefined ? [] : ['X-Amz-Target', from.target];
  const method = from.path === undefined ? 'POST' : 'GET';
  const head = requestHead({ method, target: from.path ?? '/', rawHeaders });
  return findOperation(services, signingName, head, Buffer.from(from.form ?? '')).name;
}

void suite('an operation is found', () => {
  void test('by the target of a JSON service, long or short', () => {
    assert.equal(
      find('acm', { target: 'CertificateManager.ListCertificates' }),
      'ListCertificates',
    );
    assert.equal(
      find('cloudtrail', { target: 'CloudTrail_20131101.LookupEvents' }),
      'LookupEvents',
    );
    const long = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents';
    assert.equal(find('cloudtrail', { target: long }), 'LookupEvents');
  });

  void test('by action and version, in a form or in the URL', () => {
    assert.equal(find('iam', { form: 'Action=GetUser&Version=2010-05-08' }), 'GetUser');
    assert.equal(find('iam', { path: '/?Version=2010-05-08&Action=GetUser' }), 'GetUser');
  });

  void test('by method and path', () => {
    assert.equal(find('route53', { path: '/2013-04-01/hostedzone?maxitems=1' }), 'ListHostedZones');
  });
});

void suite('an operation is not found', () => {
  const unknown = (kind: string, message: string) => ({ kind, message });

  void test('for a service that is not there, or one that it is not signed for', () => {
    assert.throws(
      () => find('s3', { path: '/bucket' }),
      unknown('unknown-operation', 'The service is not served here.'),
    );
    assert.throws(
      () => find('iam', { target: 'CertificateManager.ListCertificates' }),
      unknown('invalid-signature', "Credential should be scoped to correct service: 'acm'."),
    );
  });

  void test('that the room does not have, or that is no name of the model', () => {
    for (const name of ['DeleteCertificate', 'Nothing', 'toString', '__proto__', ''])
      assert.throws(() => find('acm', { target: `CertificateManager.${name}` }), {
        kind: 'unknown-operation',
      });
  });

  void test('with an action that is missing, unknown, or of another version', () => {
    assert.throws(() => find('iam', { form: 'Version=2010-05-08' }), { code: 'MissingAction' });
    assert.throws(
      () => find('iam', { form: 'Action=ListUsers&Version=2010-05-08' }),
      unknown('unknown-operation', 'Could not find operation ListUsers for version 2010-05-08'),
    );
    assert.throws(
      () => find('iam', { form: 'Action=GetUser' }),
      unknown(
        'unknown-operation',
        'Could not find operation GetUser for version NO_VERSION_SPECIFIED',
      ),
    );
  });
});

void suite('a request that proves nothing', () => {
  function protocolOf(target: string, rawHeaders: readonly string[] = []): string {
    const head = requestHead({ method: 'POST', target, rawHeaders });
    return claimOf(services, head, new Uint8Array(0)).protocol;
  }

  void test('gets its error in the form that it seems to speak', () => {
    assert.equal(protocolOf('/', ['x-amz-target', 'Whatever.X']), 'json');
    assert.equal(protocolOf('/2013-04-01/hostedzone'), 'rest-xml');
    assert.equal(protocolOf('/'), 'query');
    const signed = (name: string): string[] => [
      'authorization',
      `AWS4-HMAC-SHA256 Credential=A/20261124/eu-west-1/${name}/aws4_request, …`,
    ];
    assert.equal(protocolOf('/', signed('acm')), 'json');
    assert.equal(protocolOf('/', signed('route53')), 'rest-xml');
    assert.equal(protocolOf('/', signed('nothing')), 'query');
  });

  void test('is taken for a call of the service that its form, its URL or its path means', () => {
    function meant(target: string, rawHeaders: readonly string[], body = ''): string | undefined {
      const method = rawHeaders.length > 0 ? 'POST' : 'GET';
      const head = requestHead({ method, target, rawHeaders });
      const claim = claimOf(services, head, Buffer.from(body));
      return `${claim.service?.signingName} ${claim.operationName}`;
    }
    const form = ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'];
    const action = 'Action=GetUser&Version=2010-05-08';
    assert.equal(meant('/', form, action), 'iam GetUser');
    assert.equal(meant(`/?${action}`, []), 'iam GetUser');
    assert.equal(meant('/2013-04-01/hostedzone', []), 'route53 ListHostedZones');
    assert.equal(meant('/', ['content-type', 'text/plain'], action), 'undefined undefined');
    assert.equal(meant('/', form, 'Action=GetUser&Version=1999-01-01'), 'undefined undefined');
  });
});
