import { Agent } from 'node:https';
import type { AuditTrail } from '../../src/aws/audit/trail.ts';
import type { Credential, Directory } from '../../src/aws/directory.ts';
import { createApiServer } from '../../src/aws/http/server.ts';
import type { Service } from '../../src/aws/operation.ts';
import { createPipeline, type Pipeline, type PipelineOptions } from '../../src/aws/pipeline.ts';
import type { PolicyDocument } from '../../src/aws/policy/types.ts';
import { testTls } from '../../src/aws/test-edge.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { Secret } from '../../src/lib/secret.ts';
import { account } from './principals.ts';

type Caller = Credential['principal'];

const secretAccessKey = 'a-key-for-tests';

export interface FakeApi extends AsyncDisposable {
  readonly pipeline: Pipeline;
  /** Settings for a client of the AWS SDK that signs with this access key. */
  settings(accessKeyId: string, region?: string): ReturnType<typeof settingsOf>;
}

/** One room behind the real edge: HTTPS, signatures and policies, for callers whom the test names. */
export async function startFakeApi(options: {
  readonly service: Service;
  readonly store: PipelineOptions['store'];
  readonly vault?: PipelineOptions['vault'];
  readonly trail?: AuditTrail;
  /** Who may call, with the one policy of each. */
  readonly callers: readonly (readonly [Caller, PolicyDocument])[];
}): Promise<FakeApi> {
  await using stack = new AsyncDisposableStack();
  const pipeline = stack.use(
    createPipeline({
      services: [options.service],
      directory: directoryOf(options.callers),
      trail: options.trail ?? { write() {} },
      store: options.store,
      vault: options.vault ?? { confirm() {}, abandon() {} },
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      defaultAccount: account,
    }),
  );
  const api = stack.use(
    createApiServer({ pipeline, tls: testTls, clock: systemClock, log: silentLog }),
  );
  const { port } = await api.listen({ host: '127.0.0.1', port: 0 });
  const httpsAgent = stack.adopt(new Agent({ ca: testTls.cert, keepAlive: true }), (each) =>
    each.destroy(),
  );
  const owned = stack.move();
  return {
    pipeline,
    settings: (accessKeyId, region = 'eu-west-1') =>
      settingsOf({ port, httpsAgent, accessKeyId, region }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function directoryOf(callers: readonly (readonly [Caller, PolicyDocument])[]): Directory {
  const known = new Map(
    callers.map(([principal, policy]) => [principal.accessKeyId, { principal, policy }]),
  );
  return {
    async credential(accessKeyId, sessionToken) {
      const caller = known.get(accessKeyId);
      if (caller === undefined || sessionToken !== undefined) return undefined;
      const secret = new Secret(new Uint8Array(Buffer.from(secretAccessKey)));
      return { principal: caller.principal, secretAccessKey: secret };
    },
    async policiesOf(principal) {
      const caller = 'accessKeyId' in principal ? known.get(principal.accessKeyId) : undefined;
      return { identity: caller === undefined ? [] : [caller.policy] };
    },
  };
}

function settingsOf(from: {
  port: number;
  httpsAgent: Agent;
  accessKeyId: string;
  region: string;
}) {
  const { port, httpsAgent, accessKeyId, region } = from;
  return {
    endpoint: `https://127.0.0.1:${port}`,
    region,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: { httpsAgent },
    maxAttempts: 1,
  };
}
