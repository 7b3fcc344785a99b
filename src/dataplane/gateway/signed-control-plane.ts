import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { gatewaySigningName, gatewayTargetPrefix } from '../../aws/gateway-feed.ts';
import { signRequest } from '../../aws/sigv4/sign.ts';
import type { SigningCredentials } from '../../aws/sigv4/sign.ts';
import type { Clock } from '../../lib/clock.ts';
import { ControlPlaneRefusal, ControlPlaneUnreachable } from './control-plane.ts';
import type { ControlPlane, DecryptToRecipient } from './control-plane.ts';
import { parseProveGrantsResponse, parseWatchConfigurationResponse } from './feed.ts';

/** A first answer of the feed holds all load balancers: some 10 KB for each certificate, at most 150 KB. */
const maxAnswerBytes = 256 * 1024 * 1024;
const requestTimeoutMilliseconds = 10_000;

/** The credentials were not taken: with others, another attempt may succeed. */
const credentialCodes = new Set([
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);

/** Codes that say nothing about the right to do it: another attempt may succeed. */
const retryableCodes = new Set([
  'ThrottlingException',
  'RequestExpired',
  'InvalidSignatureException',
  'KMSInternalException',
  'DependencyTimeoutException',
  'KeyUnavailableException',
]);

const errorAnswer = v.object({
  __type: v.string(),
  message: v.optional(v.string()),
  Message: v.optional(v.string()),
});
const decryptAnswer = v.object({ CiphertextForRecipient: v.pipe(v.string(), v.base64()) });

export interface SignedControlPlaneOptions {
  /** For example `https://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** What the endpoint's certificate is checked by; asked for each request, as credentials are. */
  readonly caPem: () => string;
  /** Region of the signature on the gateway's own service; Decrypt is signed for the load balancer's. */
  readonly region: string;
  /** Asked for each request, since they are renewed while the process runs. */
  readonly credentials: { current(): SigningCredentials; refused(): void };
  readonly clock: Clock;
}

/** The control plane over its public HTTPS endpoint. Dispose closes its idle connections. */
export function signedControlPlane(options: SignedControlPlaneOptions): ControlPlane & Disposable {
  const tls = { keepAlive: true, minVersion: 'TLSv1.2' } as const;
  const agent = new Agent(tls);
  const decryptAgent = new Agent(tls);
  const ask = async (operation: Operation, input: unknown, signal: AbortSignal): Promise<unknown> =>
    parseAnswer(await send(options, operation, input, signal), options.credentials);
  const own = (name: string, timeout = requestTimeoutMilliseconds): Operation => ({
    service: gatewaySigningName,
    region: options.region,
    target: `${gatewayTargetPrefix}.${name}`,
    agent,
    timeout,
  });
  return {
    watchConfiguration: async (input, signal) => {
      const wait = (input.WaitSeconds ?? 20) * 1_000;
      return parseWatchConfigurationResponse(
        await ask(own('WatchConfiguration', wait + requestTimeoutMilliseconds), input, signal),
      );
    },
    proveGrants: async (input, signal) =>
      parseProveGrantsResponse(await ask(own('ProveGrants'), input, signal)),
    reportStatus: async (input, signal) => {
      await ask(own('ReportStatus'), input, signal);
    },
    decrypt: async (request, signal) => {
      const answer = await ask(
        {
          service: 'kms',
          region: request.region,
          target: 'TrentService.Decrypt',
          agent: decryptAgent,
          timeout: requestTimeoutMilliseconds,
        },
        decryptInput(request),
        signal,
      );
      return Buffer.from(v.parse(decryptAnswer, answer).CiphertextForRecipient, 'base64');
    },
    [Symbol.dispose]: () => {
      agent.destroy();
      decryptAgent.destroy();
    },
  };
}

/** @see AWS KMS API reference, "Decrypt" */
function decryptInput(request: DecryptToRecipient): object {
  return {
    KeyId: request.kmsKeyArn,
    CiphertextBlob: request.ciphertext,
    EncryptionContext: request.encryptionContext,
    Recipient: {
      KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      AttestationDocument: request.attestationDocument,
    },
  };
}

interface Operation {
  readonly service: string;
  readonly region: string;
  readonly target: string;
  readonly agent: Agent;
  /** Milliseconds. */
  readonly timeout: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function send(
  options: SignedControlPlaneOptions,
  operation: Operation,
  input: unknown,
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(options.endpoint);
  const body = Buffer.from(JSON.stringify(input));
  const headers = signRequest(
    {
      method: 'POST',
      host: url.host,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': operation.target },
      body,
    },
    operation,
    options.credentials.current(),
    options.clock.now(),
  );
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(operation.timeout)]);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(new ControlPlaneUnreachable(`${operation.target} got no answer`, { cause: error }));
    const request = httpsRequest(
      url,
      {
        method: 'POST',
        agent: operation.agent,
        ca: options.caPem(),
        headers: { ...headers, 'content-length': body.length },
        signal: deadline,
      },
      (response) => readAnswer(response).then(resolve, fail),
    );
    request.on('error', fail);
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}

/** @throws ControlPlaneRefusal @throws ControlPlaneUnreachable */
function parseAnswer(
  answer: Answer,
  credentials: SignedControlPlaneOptions['credentials'],
): unknown {
  let value: unknown;
  try {
    value = answer.body === '' ? {} : JSON.parse(answer.body);
  } catch (cause) {
    throw new ControlPlaneUnreachable('the answer is not JSON', { cause });
  }
  if (answer.status === 200) return value;
  const error = v.safeParse(errorAnswer, value);
  if (!error.success || answer.status >= 500 || answer.status === 429)
    throw new ControlPlaneUnreachable(`the control plane answered ${answer.status}`);
  const { __type: type, message, Message } = error.output;
  const code = type.split('#').at(-1) ?? '';
  const text = message ?? Message ?? '';
  if (credentialCodes.has(code)) credentials.refused();
  if (credentialCodes.has(code) || retryableCodes.has(code))
    throw new ControlPlaneUnreachable(`${code}: ${text}`);
  throw new ControlPlaneRefusal(code, text === '' ? code : text);
}
