import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateUserCommand } from '@aws-sdk/client-iam';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import fc from 'fast-check';
import { startConstellation } from '../../../src/processes/test-constellation.ts';
import type { TestConstellation } from '../../../src/processes/test-constellation.ts';
import type { Chance } from '../chance.ts';
import { mutated } from '../mutate.ts';
import { must, type Subject, type Target } from '../target.ts';
import { apiRequests, plantedSecret, type placeholders } from './api-requests.ts';
import { anyBytes, bytesOf } from './bytes.ts';

const words = [
  '{key}',
  '{certificate}',
  '{zone}',
  '{user}',
  '{balancer}',
  '{group}',
  ':null',
  '{}',
  '[]',
  'arn:aws:',
  ':111122223333:',
  '__proto__',
  '.member.1',
  '&',
  '=',
  '\\ud800',
  '1e999',
];

export const httpApiTarget: Target = {
  about: 'signed requests for the operations of all services, over HTTPS, as their models say',
  inputs: fc.oneof(
    { weight: 12, arbitrary: bytesOf(apiRequests()) },
    { weight: 1, arbitrary: anyBytes },
  ),
  maxBytes: 16 * 1024,
  words,
  mutate: mutatedBody,
  start,
};

type Known = Readonly<Record<(typeof placeholders)[number], string>>;

/** After so many, what inputs speak of is made anew: some of them delete it. */
const requestsWithSame = 250;

async function start(): Promise<Subject> {
  const world = await startConstellation();
  const agent = new Agent({ ca: world.api.caPem, keepAlive: true });
  let [known, taken] = [await makeKnown(world, 0), 0];
  return {
    async take(bytes) {
      taken += 1;
      if (taken % requestsWithSame === 0) known = await makeKnown(world, taken);
      const { status, text } = await send(world, agent, read(bytes, known));
      must(status < 500, `no answer is ${status}`);
      const secrets = ['utf8', 'base64'] as const;
      for (const coding of secrets)
        must(!text.includes(encodedSecret(coding)), 'no answer has a secret of its request in it');
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
      await world[Symbol.asyncDispose]();
    },
  };
}

/** The operation stays what it is. */
function mutatedBody(input: Uint8Array, chance: Chance): Uint8Array {
  const start = input.indexOf(0x0a) + 1;
  const from = { others: [], words: words.map((word) => Buffer.from(word)), maxBytes: 8 * 1024 };
  return Buffer.concat([input.subarray(0, start), mutated(input.subarray(start), from, chance)]);
}

/** Three characters less at either end, as Base64 mixes those with their neighbours. */
function encodedSecret(coding: 'utf8' | 'base64'): string {
  return Buffer.from(plantedSecret).toString(coding).slice(0, 24);
}

interface Sent {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function read(bytes: Uint8Array, known: Known): Sent {
  const text = Buffer.from(bytes)
    .toString()
    .replaceAll(/\{(\w+)\}/g, (all, name: string) =>
      Object.hasOwn(known, name) ? known[name as keyof Known] : all,
    );
  const [, service = 'kms', method = 'POST', target = '/', body = text] =
    /^([a-z0-9]+) ([A-Z]+) ([\x21-\x7e]+)\n([^]*)$/.exec(text) ?? [];
  const isPath = target.startsWith('/');
  return {
    service,
    method,
    path: isPath ? target : '/',
    headers: isPath
      ? { 'content-type': service === 'route53' ? 'application/xml' : form }
      : { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body,
  };
}

const form = 'application/x-www-form-urlencoded; charset=utf-8';

async function send(
  { api, clients }: TestConstellation,
  agent: Agent,
  { service, method, path, headers, body }: Sent,
): Promise<{ readonly status: number; readonly text: string }> {
  const { hostname, port, host } = new URL(api.endpoint);
  const [pathname = '/', search = ''] = path.split(/\?(.*)/);
  const signer = await clients.kms.config.signer();
  const signed = await signer.sign(
    {
      method,
      protocol: 'https:',
      hostname,
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: { ...headers, host },
      body,
    },
    { signingRegion: api.region, signingService: service },
  );
  const asked = request({ agent, hostname, port, method, path, headers: signed.headers });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  return { status: response.statusCode ?? 0, text };
}

async function makeKnown({ clients }: TestConstellation, number: number): Promise<Known> {
  const name = `known-${number}`;
  const key = await clients.kms.send(new CreateKeyCommand({}));
  const certificate = await clients.acm.send(
    new RequestCertificateCommand({ DomainName: `${name}.test`, ValidationMethod: 'DNS' }),
  );
  const zone = await clients.route53.send(
    new CreateHostedZoneCommand({ Name: `${name}.test`, CallerReference: name }),
  );
  await clients.iam.send(new CreateUserCommand({ UserName: name }));
  const balancers = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: name, Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const groups = await clients.elb.send(
    new CreateTargetGroupCommand({ Name: name, TargetType: 'ip', Protocol: 'HTTP', Port: 8080 }),
  );
  return {
    key: key.KeyMetadata?.Arn ?? '',
    certificate: certificate.CertificateArn ?? '',
    zone: zone.HostedZone?.Id?.replace('/hostedzone/', '') ?? '',
    user: name,
    balancer: balancers.LoadBalancers?.[0]?.LoadBalancerArn ?? '',
    group: groups.TargetGroups?.[0]?.TargetGroupArn ?? '',
  };
}
