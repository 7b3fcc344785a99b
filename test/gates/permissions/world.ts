import { region as regionOf } from '../../../src/aws/arn.ts';
import type { Service } from '../../../src/aws/operation.ts';
import type { EnrolledHolder } from '../../../src/dataplane/gateway/enrolled-holder.ts';
import { createEnrolledHolder } from '../../../src/dataplane/gateway/enrolled-holder.ts';
import { systemClock, type Clock } from '../../../src/lib/clock.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { reveal } from '../../../src/lib/secret.ts';
import {
  openTestRooms,
  type TestAccount,
  type TestRooms,
} from '../../../src/processes/test-rooms.ts';
import { gatewayRoleName } from '../../../src/services/iam/index.ts';
import { TestProvider } from '../../../src/services/sts/test-provider.ts';
import { plantedKey, type PlantedKey } from '../../planted-key.ts';
import { Client, type Answer, type Input } from './client.ts';

/** A statement of a policy, as it is written. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: object;
}

export const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

/** What every call may write: that it was made. */
const records =
  /^(?:cloudtrail_|vault_|commit_count|lost_commits|iam_access_key_use|iam_role_use|sqlite_)/;

const probeName = 'probe';

/** An account with its admin, and with a user who may do what the test says. */
export class Home {
  readonly account: string;
  readonly suffix: string;
  readonly admin: Client;
  readonly #world: World;
  #probe: Client | undefined;

  constructor(world: World, { account, credentials }: TestAccount, suffix: string) {
    this.#world = world;
    this.account = account;
    this.suffix = suffix;
    this.admin = world.client(credentials);
  }

  get probeArn(): string {
    return `arn:aws:iam::${this.account}:user/${probeName}`;
  }

  /** Does as the admin what has to succeed. */
  async do(service: string, operation: string, input: Input = {}): Promise<Answer['output']> {
    const { code, body, output } = await this.admin.call(service, operation, input);
    if (code !== undefined) throw new Error(`${service}:${operation}: ${body}`);
    return output;
  }

  /** The user, who from now on has this policy and no other. */
  async withPolicy(statements: readonly Statement[]): Promise<Client> {
    this.#probe ??= await this.#makeProbe();
    const user = { UserName: probeName, PolicyName: 'own' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    if (statements.length === 0) await this.admin.call('iam', 'DeleteUserPolicy', user);
    else await this.do('iam', 'PutUserPolicy', { ...user, PolicyDocument });
    return this.#probe;
  }

  async #makeProbe(): Promise<Client> {
    const { AccessKey } = await this.do('iam', 'CreateAccessKey', { UserName: probeName });
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey;
    return this.#world.client({ accessKeyId, secretAccessKey });
  }
}

/** Stands still but for what the test lets pass, so that codes that are right stay right on a busy machine. */
class StoppedClock implements Clock {
  #now = systemClock.now();

  now(): Temporal.Instant {
    return this.#now;
  }

  monotonic(): number {
    return this.#now.epochMilliseconds;
  }

  pass(seconds: number): void {
    this.#now = this.#now.add({ seconds });
  }
}

/** OpenID Connect providers of every name. */
class TestProviders {
  readonly #all = new Map<string, TestProvider>();

  of(host: string): TestProvider {
    const known = this.#all.get(host) ?? new TestProvider(host);
    this.#all.set(host, known);
    return known;
  }

  send(request: { readonly url: string }): ReturnType<TestProvider['send']> {
    return this.of(new URL(request.url).host).send(request);
  }
}

/** All services on one store, with two accounts in it. */
export class World implements Disposable {
  readonly services: readonly Service[];
  readonly region: string;
  readonly holder: EnrolledHolder;
  readonly clock: StoppedClock;
  readonly providers: TestProviders;
  /** For every import: the same bytes, whoever sends them. */
  readonly planted: PlantedKey = plantedKey('ec');
  readonly #rooms: TestRooms;
  ours!: Home;
  theirs!: Home;
  /** All that its admin ever wrote, as JSON. */
  readonly sentByTheirs: string[] = [];
  /** For scenes that have the names of ours. */
  twins!: Home;

  static async open(): Promise<World> {
    const clock = new StoppedClock();
    const providers = new TestProviders();
    const holder = await createEnrolledHolder(clock, systemRandom);
    const world = new World(
      await openTestRooms({ clock, outbound: providers }),
      holder,
      clock,
      providers,
    );
    await world.#rooms.vaultControl.enrolHolder(holder);
    world.ours = new Home(world, world.#rooms.first, 'test');
    world.theirs = await world.#another('theirs.example');
    world.twins = await world.#another('twins.example');
    for (const home of [world.ours, world.theirs, world.twins])
      await home.do('iam', 'CreateUser', { UserName: probeName });
    world.#countWrites();
    return world;
  }

  private constructor(
    rooms: TestRooms,
    holder: EnrolledHolder,
    clock: StoppedClock,
    providers: TestProviders,
  ) {
    this.#rooms = rooms;
    this.providers = providers;
    this.clock = clock;
    this.services = rooms.rooms.services;
    this.region = rooms.settings.region;
    this.holder = holder;
  }

  async #another(suffix: string): Promise<Home> {
    return new Home(this, await this.#rooms.createAccount(suffix), suffix);
  }

  client(credentials: ConstructorParameters<typeof Client>[2]): Client {
    return new Client(this.#rooms.rooms.pipeline, this.region, credentials);
  }

  /** A gateway whose session allows this, and no more. */
  async gateway(statements: readonly Statement[]): Promise<Client> {
    const { rooms, first } = this.#rooms;
    const nothing: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };
    const Statement = statements.length === 0 ? [nothing] : statements;
    const made = await rooms.pipeline.runAsOperator(
      {
        eventName: 'Test',
        requestParameters: null,
        account: first.account,
        region: regionOf(this.region),
      },
      (call) =>
        rooms.iam.sessions.create(call, {
          account: first.account,
          roleName: gatewayRoleName,
          sessionName: 'probe',
          policies: [JSON.stringify({ Version: '2012-10-17', Statement })],
          durationSeconds: 3600,
        }),
    );
    const text = (secret: typeof made.sessionToken): string =>
      Buffer.from(reveal(secret)).toString();
    return this.client({
      accessKeyId: made.accessKeyId,
      secretAccessKey: text(made.secretAccessKey),
      sessionToken: text(made.sessionToken),
    });
  }

  /** How many rows were written so far that are no records of calls. */
  get writes(): number {
    return Number(this.#rooms.database.prepare('SELECT n FROM temp.writes').get()?.['n']);
  }

  /** Every query so far. */
  get reads(): readonly string[] {
    return this.#rooms.store.reads;
  }

  /** Lets the worker's jobs run that are due. */
  async work(): Promise<void> {
    const { rooms, store } = this.#rooms;
    const commit = store.commit.bind(store);
    const jobs = await rooms.acm.startDueJobs(
      { now: this.clock.now(), limit: 10 },
      {
        commit,
        commitLater: commit,
        log: { info() {}, warn() {}, error() {} },
        runJob: (job, step) =>
          rooms.pipeline.runJob({ ...job, service: 'acm.amazonaws.com' }, step),
      },
    );
    await Promise.all(jobs);
  }

  #countWrites(): void {
    const { database } = this.#rooms;
    database.exec('CREATE TEMP TABLE writes AS SELECT 0 AS n');
    const tables = database
      .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !records.test(name));
    for (const table of tables)
      for (const change of ['INSERT', 'UPDATE', 'DELETE'])
        database.exec(
          `CREATE TEMP TRIGGER "${table} ${change}" AFTER ${change} ON main."${table}"
           BEGIN UPDATE writes SET n = n + 1; END`,
        );
  }

  [Symbol.dispose](): void {
    this.#rooms[Symbol.dispose]();
  }
}
