import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewaySigningName, type GatewayLoadBalancer } from '../../aws/gateway-feed.ts';
import { requestHead } from '../../aws/http/messages.ts';
import { json } from '../../aws/protocols/json.ts';
import { validate } from '../../aws/validate.ts';
import { model, type OperationName } from './model.ts';

const everyMember: GatewayLoadBalancer = {
  LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1',
  Account: '111122223333',
  Region: 'eu-west-1',
  DNSName: 'web-1.eu-west-1.elb.holdfast.internal',
  Address: '127.0.3.7',
  Attributes: { 'idle_timeout.timeout_seconds': '60' },
  Listeners: [
    {
      ListenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/1/2',
      Protocol: 'HTTPS',
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [
        {
          CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/c',
          IsDefault: true,
          CertificatePem: 'CERTIFICATE\n',
          ChainPem: 'CHAIN\n',
          Ciphertext: 'Y2lwaGVydGV4dA==',
          KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
          GrantId: 'g',
          Revision: 3,
        },
      ],
      DefaultActions: [
        {
          Type: 'forward',
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'arn:aws:tg', Weight: 1 }] },
        },
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'é' },
        },
        {
          Type: 'redirect',
          RedirectConfig: {
            StatusCode: 'HTTP_301',
            Protocol: 'HTTPS',
            Host: '#{host}',
            Port: '443',
            Path: '/#{path}',
            Query: '#{query}',
          },
        },
      ],
    },
  ],
  TargetGroups: [
    {
      TargetGroupArn: 'arn:aws:tg',
      Protocol: 'HTTP',
      Port: 8080,
      HealthCheckEnabled: true,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: 'traffic-port',
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      MatcherHttpCode: '200',
      Targets: [{ Id: '10.0.0.1', Port: 8080 }],
    },
  ],
};

const head = requestHead({ method: 'POST', target: '/', rawHeaders: [] });

function wireOperation(name: OperationName) {
  return { name, model, operation: model.operations[name], signingName: gatewaySigningName };
}

test('every member of the configuration crosses the wire', () => {
  const output = { Cursor: '1', IsComplete: true, LoadBalancers: [everyMember], Removed: ['a'] };
  const { body } = json.writeOutput(wireOperation('WatchConfiguration'), output, 'id', head);
  assert.deepEqual(JSON.parse(Buffer.from(body).toString()), output);
});

test('input of another form is refused before the operation runs', () => {
  const wrong: readonly (readonly [OperationName, object])[] = [
    ['WatchConfiguration', { WaitSeconds: 31 }],
    ['WatchConfiguration', { Cursor: 'x'.repeat(65) }],
    ['ProveGrants', { HolderDocument: 'eA==', Grants: [null] }],
    ['ProveGrants', { HolderDocument: 'eA==', Grants: [{ GrantId: 'g' }] }],
    ['ReportStatus', { Listeners: [], Targets: [{ State: 'splendid' }] }],
    ['ReportStatus', { Listeners: [] }],
  ];
  for (const [name, given] of wrong) {
    using secrets = new DisposableStack();
    const body = Buffer.from(JSON.stringify(given));
    const input = json.readInput(wireOperation(name), { head, body }, secrets);
    assert.throws(() => validate(model, model.operations[name].input, input), {
      kind: 'validation',
    });
  }
});
