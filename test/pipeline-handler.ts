import { Readable } from 'node:stream';
import type { HttpAnswer } from '../src/aws/http/messages.ts';
import type { Pipeline } from '../src/aws/pipeline.ts';

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * A request handler for clients of the AWS SDK whose requests a pipeline answers, without a socket.
 * @param seen is given each answer as it would stand on the wire
 * @param unsigned headers that are added to each request
 */
export function pipelineHandler(
  pipeline: Pipeline,
  seen: (answer: HttpAnswer) => void = () => {},
  unsigned: Readonly<Record<string, string>> = {},
) {
  return {
    handle: async (request: SdkRequest) => {
      const answer = await pipeline.handle({
        method: request.method,
        target: targetOf(request),
        rawHeaders: Object.entries({ ...request.headers, ...unsigned }).flat(),
        body: bytesOf(request.body),
        remoteAddress: '192.0.2.7',
        signal: new AbortController().signal,
      });
      seen(answer);
      const { status, headers, body } = answer;
      return {
        response: {
          statusCode: status,
          headers: { ...headers },
          body: Readable.from([body]),
        } as never,
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  return Buffer.from(typeof body === 'string' ? body : '');
}

function targetOf({ path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values ?? '']
      .flat()
      .map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
