import type { DatabaseSync } from 'node:sqlite';
import { duplexPair, type Duplex } from 'node:stream';
import { freePort } from '../../test/loopback.ts';
import { MemoryStore } from '../../test/fakes/memory-store.ts';
import { region, type AccountId } from '../aws/arn.ts';
import { Authority } from '../aws/authority/authority.ts';
import type { Call } from '../aws/call.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { reveal } from '../lib/secret.ts';
import { createIam, type NewAccount } from '../services/iam/index.ts';
import { connectVault, connectVaultControl } from '../vault-client/client.ts';
import type { VaultControl } from '../vault-client/vault.ts';
import { VaultCore } from '../vault/core.ts';
import { serveChannel } from '../vault/server.ts';
import { migrations, type DataStore, type Tables } from './data-store.ts';
import { plugRooms, type Rooms, type RoomsOptions } from './rooms.ts';
import { serveSettings, type Settings } from './settings.ts';
import { TamperingAlarm } from './tampering-alarm.ts';

/** An account, and the access key of its admin. */
export interface TestAccount {
  readonly account: AccountId;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** All rooms, on a vault in this process and a store in memory: nothing runs, and no port is open, but as the test says. */
export interface TestRooms extends Disposable {
  readonly rooms: Rooms;
  readonly settings: Settings;
  readonly store: MemoryStore<Tables> & DataStore;
  readonly first: TestAccount;
  /** For those who write past the server. */
  readonly database: DatabaseSync;
  /** The supervisor's door to the vault. */
  readonly vaultControl: VaultControl;
  /** Another account, which may have zones under the suffix. */
  createAccount(suffix: string): Promise<TestAccount>;
}

/** The first account may have zones under `test`. */
export async function openTestRooms({
  clock = systemClock,
  outbound,
}: Pick<RoomsOptions, 'clock' | 'outbound'> = {}): Promise<TestRooms> {
  const memory = await MemoryStore.open<Tables>(Object.assign({}, ...migrations));
  const store: TestRooms['store'] = Object.assign(memory, {
    changed: () => Number(memory.database.prepare('SELECT total_changes() AS n').get()?.['n']),
    isFailing: false,
    async [Symbol.asyncDispose]() {},
  });
  const core = new VaultCore(new Uint8Array(32).fill(1), clock, systemRandom);
  const channel = (role: 'client' | 'control'): Duplex => {
    const [near, far] = duplexPair();
    serveChannel(far, role, core, silentLog);
    return near;
  };
  const vault = connectVault(channel('client'));
  const settings = serveSettings(['--dns', `127.0.0.1:${await freePort()}`]);
  const alarm = new TamperingAlarm(silentLog);
  const authority = new Authority(store.db, {
    vault,
    changed: () => store.changed(),
    alarm: (broken) => alarm.raise(broken),
  });
  const iam = createIam(store.db, { vault, authority });
  const firstAccount = iam.accounts.newId(systemRandom);
  const rooms = plugRooms({
    store,
    vault,
    authority,
    alarm,
    settings,
    iam,
    log: silentLog,
    clock,
    ...(outbound === undefined ? {} : { outbound }),
    firstAccount,
    installationId: systemRandom.uuid(),
  });
  await rooms.privateCa.ensureCa();
  const make = async (
    account: AccountId,
    suffix: string,
    create: (call: Call) => Promise<NewAccount>,
  ): Promise<TestAccount> => {
    const made = await rooms.pipeline.runAsOperator(
      {
        eventName: 'CreateAccount',
        requestParameters: null,
        account,
        region: region(settings.region),
      },
      async (call) => {
        await rooms.route53.domains.allow(call.change, account, suffix);
        return create(call);
      },
    );
    using secret = made.secretAccessKey;
    const secretAccessKey = Buffer.from(reveal(secret)).toString();
    return { account, credentials: { accessKeyId: made.accessKeyId, secretAccessKey } };
  };
  return {
    rooms,
    settings,
    store,
    database: memory.database,
    first: await make(firstAccount, 'test', (call) => iam.accounts.createFirst(call, firstAccount)),
    vaultControl: connectVaultControl(channel('control')),
    createAccount: (suffix) => {
      const account = iam.accounts.newId(systemRandom);
      return make(account, suffix, (call) => iam.accounts.create(call, account));
    },
    [Symbol.dispose]: () => rooms[Symbol.dispose](),
  };
}
