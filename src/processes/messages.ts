import type { Count } from '../lib/counts.ts';
import type { Settings } from './settings.ts';
import type { ShownCredentials } from './shown-credentials.ts';

/** What the supervisor tells the processes with rooms (api, worker, dns) over their IPC channel. */
export type MessageToProcess =
  | {
      readonly type: 'configuration';
      readonly settings: Settings;
      readonly installationId: string;
      /** To an api that is to serve in the place of one that has ended. */
      readonly certificateBefore?: ServerCertificate;
    }
  /** Comes with a handle: the way to a vault that was restarted. */
  | { readonly type: 'vault-channel' }
  /** To the api: make credentials for a gateway that has enrolled. */
  | { readonly type: 'issue-gateway-credentials'; readonly id: number }
  /** To the api, which had asked for it: whether another gateway serves now. */
  | { readonly type: 'gateway-replaced'; readonly id: number; readonly isReplaced: boolean }
  /** To the worker, which had asked for it: all that was counted since the start. */
  | { readonly type: 'totals'; readonly counts: readonly Count[] }
  /** To an api in whose place another one serves: finish what is in work, within so long, and end. */
  | { readonly type: 'retire'; readonly milliseconds: number };

export type MessageFromProcess =
  | { readonly type: 'ready'; readonly api?: ApiReady }
  /** The process cannot start, and another try would end the same way. One line for the operator. */
  | { readonly type: 'failed'; readonly message: string }
  /** There is another root: whoever speaks to the api is to trust these. PEM. */
  | { readonly type: 'trust'; readonly caPem: string }
  /** A request came that may hold a private key, or its answer does: no JavaScript can promise that no copy is left. */
  | { readonly type: 'carried-key' }
  /** Under which the api serves. For the next one, which may have to wait for the store before it gets one of its own. */
  | { readonly type: 'certificate'; readonly certificate: ServerCertificate }
  /** The pipe to the vault is gone, and no other came. */
  | { readonly type: 'vault-channel-lost' }
  /** What was counted since the last time. */
  | { readonly type: 'counted'; readonly counts: readonly Count[] }
  | { readonly type: 'ask-totals' }
  /** The operator wants another gateway process in the place of the one that serves. */
  | { readonly type: 'replace-gateway'; readonly id: number }
  /** Secrets travel only here, never in arguments, the environment or a log. */
  | {
      readonly type: 'gateway-credentials';
      readonly id: number;
      readonly credentials?: TemporaryCredentials;
    };

export interface ApiReady {
  /** The authority of the API's certificate, PEM. */
  readonly caPem: string;
  /** Set when this start made the first account. */
  readonly firstAccount?: string;
  /** Whether the access key in `client.env` still works; absent when there is no file with a key. */
  readonly clientEnvWorks?: boolean;
}

/** A key of the API, with a certificate that its clients can check. PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

export interface TemporaryCredentials extends ShownCredentials {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The pipe to the vault, in processes that ask it. The IPC channel has the descriptor before it. */
export const vaultDescriptor = 4;

/** The sockets on which the api listens, bound by the supervisor. */
export const httpsDescriptor = 5;
export const plainDescriptor = 6;
