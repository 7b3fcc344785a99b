import * as acm from '@aws-sdk/client-acm';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as elasticloadbalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as route53 from '@aws-sdk/client-route-53';
import * as sts from '@aws-sdk/client-sts';
import { gatewaySigningName, gatewayTargetPrefix } from '../../../src/aws/gateway-feed.ts';
import type { HttpAnswer } from '../../../src/aws/http/messages.ts';
import type { Pipeline } from '../../../src/aws/pipeline.ts';
import { signRequest, type SigningCredentials } from '../../../src/aws/sigv4/sign.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { pipelineHandler } from '../../pipeline-handler.ts';

export type Input = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  /** Of an error. */
  readonly code: string | undefined;
  /** As it stood on the wire. */
  readonly body: string;
  readonly output: Readonly<Record<string, any>>;
}

const sdks: Readonly<Record<string, object>> = {
  acm,
  cloudtrail,
  elasticloadbalancing,
  iam,
  kms,
  route53,
  sts,
};

const clients = {
  acm: acm.ACMClient,
  cloudtrail: cloudtrail.CloudTrailClient,
  elasticloadbalancing: elasticloadbalancing.ElasticLoadBalancingV2Client,
  iam: iam.IAMClient,
  kms: kms.KMSClient,
  route53: route53.Route53Client,
  sts: sts.STSClient,
};

/** Calls any operation of any service with an access key, by AWS's own SDK where it has the service. */
export class Client {
  readonly #pipeline: Pipeline;
  readonly #credentials: SigningCredentials;
  readonly #region: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #sdk = new Map<string, { send(command: unknown): Promise<object> }>();
  #last: HttpAnswer | undefined;

  constructor(
    pipeline: Pipeline,
    region: string,
    credentials: SigningCredentials,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.#pipeline = pipeline;
    this.#headers = headers;
    this.#region = region;
    this.#credentials = credentials;
  }

  /** The same caller, whose requests have headers besides, or are for another Region. */
  with({
    region = this.#region,
    headers = this.#headers,
  }: {
    readonly region?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }): Client {
    return new Client(this.#pipeline, region, this.#credentials, headers);
  }

  /** @param service signing name */
  async call(service: string, operation: string, input: Input): Promise<Answer> {
    if (service === gatewaySigningName) return this.#callGatewayFeed(operation, input);
    const Command = Reflect.get(sdks[service] ?? {}, `${operation}Command`) as
      | (new (input: Input) => unknown)
      | undefined;
    if (Command === undefined) throw new TypeError(`the SDK has no ${service}:${operation}`);
    let code: string | undefined;
    let output = {};
    this.#last = undefined;
    try {
      output = await this.#clientOf(service).send(new Command(input));
    } catch (error) {
      if (this.#last === undefined) throw error;
      code = (error as Error).name;
    }
    const { status = 0, body = '' } = this.#last ?? {};
    return { status, code, body: Buffer.from(body).toString(), output };
  }

  #clientOf(service: string): { send(command: unknown): Promise<object> } {
    const known = this.#sdk.get(service);
    if (known !== undefined) return known;
    const Made = clients[service as keyof typeof clients] as new (settings: object) => {
      send(command: unknown): Promise<object>;
    };
    const made = new Made({
      region: this.#region,
      endpoint: 'https://holdfast.test',
      credentials: this.#credentials,
      requestHandler: pipelineHandler(
        this.#pipeline,
        (answer) => (this.#last = answer),
        this.#headers,
      ),
      maxAttempts: 1,
    });
    this.#sdk.set(service, made);
    return made;
  }

  async #callGatewayFeed(operation: string, input: Input): Promise<Answer> {
    const body = Buffer.from(JSON.stringify(input));
    const target = `${gatewayTargetPrefix}.${operation}`;
    const headers = signRequest(
      {
        method: 'POST',
        host: 'holdfast.test',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
        body,
      },
      { service: gatewaySigningName, region: this.#region },
      this.#credentials,
      systemClock.now(),
    );
    const answer = await this.#pipeline.handle({
      method: 'POST',
      target: '/',
      rawHeaders: Object.entries(headers).flat(),
      body,
      remoteAddress: '192.0.2.7',
      signal: new AbortController().signal,
    });
    const text = Buffer.from(answer.body).toString();
    const output = JSON.parse(text) as Record<string, any>;
    const code = (output['__type'] as string | undefined)?.split('#').at(-1);
    return { status: answer.status, code, body: text, output };
  }
}
