import assert from 'node:assert/strict';
import {
  createHmac,
  createPublicKey,
  hash,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { Http, HttpAnswer, HttpRequest } from '../../src/issuance/acme/ports.ts';
import { AcmeCa, requestedKey } from './acme-ca.ts';

type Headers = Readonly<Record<string, string>>;
type Json = Record<string, unknown>;

interface Reply {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Headers;
}

interface OrderState {
  readonly names: readonly string[];
  readonly profile: unknown;
  readonly replaces: unknown;
  status: string;
  error?: Json;
  certificate?: string;
  /** Of its authorizations, by number. */
  readonly proofs: { status: string; error?: Json; token: string; isAnswered: boolean }[];
}

/** A small ACME CA in this process, which a test makes behave well or badly. It checks what clients must do. */
export class AcmeServer implements Http {
  readonly directoryUrl: string;
  readonly ca: AcmeCa;
  /** Nobody answers. */
  isDown = false;
  /** Requests so far: method and path. */
  readonly seen: string[] = [];
  readonly orders: OrderState[] = [];
  /** Certificates that were signed. */
  issued = 0;
  /** So many requests are refused with `badNonce`. */
  refusedNonces = 0;
  /** Replies in the place of the usual one, by the path with which they begin; each once. */
  readonly instead: { readonly path: string; readonly reply: Reply }[] = [];
  directory: Json = {};
  binding: { readonly keyId: string; readonly key: Uint8Array } | undefined;
  /** What a challenge ends with; the record is looked up when undefined. */
  failure: Json | undefined;
  /** So often an order is seen as `processing`. */
  processing = 0;
  /** The PEM that is given out. */
  chainFor: (names: readonly string[], publicKey: Uint8Array) => string;
  alternates: readonly string[] = [];
  /** Reasons by serial number. */
  readonly revoked = new Map<string, unknown>();
  /** Reasons that it takes, as CAs of browsers do. */
  readonly reasons: readonly number[] = [0, 1, 3, 4, 5];
  /** What the renewal information says. */
  renewal: Reply | undefined;
  readonly #base: string;
  readonly #records: (domain: string) => Promise<readonly string[]>;
  readonly #nonces = new Set<string>();
  readonly #accounts: KeyObject[] = [];
  #nonceCount = 0;

  /** @param records TXT at `_acme-challenge.<domain>`, as the CA sees it */
  constructor(
    now: Temporal.Instant,
    records: (domain: string) => Promise<readonly string[]>,
    host = 'ca.test',
  ) {
    this.#base = `https://${host}`;
    this.directoryUrl = `${this.#base}/dir`;
    this.ca = new AcmeCa(now);
    this.chainFor = (names, publicKey) => this.ca.chain(names, publicKey);
    this.#records = records;
  }

  async send({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
    if (this.isDown) throw new Error('nobody answers');
    const path = url.slice(this.#base.length);
    this.seen.push(`${method} ${path}`);
    const reply = await this.#reply(method, path, headers ?? {}, body);
    const nonce = `nonce-${(this.#nonceCount += 1)}`;
    this.#nonces.add(nonce);
    const { status = 200, json, text = '' } = reply;
    const isProblem = status >= 400 && json !== undefined;
    return {
      status,
      headers: {
        'replay-nonce': nonce,
        'content-type': isProblem ? 'application/problem+json' : 'application/json',
        ...reply.headers,
      },
      body: Buffer.from(json === undefined ? text : JSON.stringify(json)),
    };
  }

  async #reply(
    method: string,
    path: string,
    headers: Headers,
    body: Uint8Array | undefined,
  ): Promise<Reply> {
    const instead = this.instead.findIndex((each) => path.startsWith(each.path));
    if (instead !== -1) return this.instead.splice(instead, 1)[0]?.reply ?? {};
    if (path === '/dir') return { json: this.#directory() };
    if (path === '/nonce') return {};
    if (path.startsWith('/renewal/') && this.renewal !== undefined) return this.renewal;
    assert.equal(method, 'POST');
    assert.equal(headers['content-type'], 'application/jose+json');
    return this.#signed(path, Buffer.from(body ?? []).toString());
  }

  #directory(): Json {
    const urls = {
      newNonce: `${this.#base}/nonce`,
      newAccount: `${this.#base}/account`,
      newOrder: `${this.#base}/order`,
      revokeCert: `${this.#base}/revoke`,
    };
    return { ...urls, ...this.directory };
  }

  async #signed(path: string, text: string): Promise<Reply> {
    const message = JSON.parse(text) as Record<'protected' | 'payload' | 'signature', string>;
    const header = decoded(message.protected) as {
      alg: string;
      url: string;
      nonce: string;
      kid?: string;
      jwk?: Json;
    };
    // RFC 8555 §6.4: the URL is in the signature; §6.2: either a key or an account.
    assert.equal(header.url, this.#base + path);
    assert.equal(header.alg, 'ES256');
    assert.notEqual(header.kid === undefined, header.jwk === undefined);
    if (!this.#nonces.delete(header.nonce) || this.refusedNonces-- > 0)
      return { status: 400, json: problem('badNonce') };
    this.refusedNonces = Math.max(0, this.refusedNonces);
    const key =
      header.jwk === undefined
        ? this.#accounts[Number(header.kid?.split('/').at(-1))]
        : createPublicKey({ key: header.jwk as never, format: 'jwk' });
    if (key === undefined) return { status: 400, json: problem('accountDoesNotExist') };
    const options = { key, dsaEncoding: 'ieee-p1363' } as const;
    const input = Buffer.from(`${message.protected}.${message.payload}`);
    assert.ok(verify('sha256', input, options, Buffer.from(message.signature, 'base64url')));
    const payload = message.payload === '' ? undefined : decoded(message.payload);
    return this.#resource(path, payload, key);
  }

  async #resource(path: string, payload: Json | undefined, key: KeyObject): Promise<Reply> {
    const [, kind, order = '', part = ''] = path.split('/');
    const state = this.orders[Number(order)];
    if (kind === 'revoke') return this.#revoke(payload ?? {});
    if (kind === 'account') return order === '' ? this.#newAccount(payload ?? {}, key) : account;
    if (kind === 'order' && order === '') return this.#newOrder(payload ?? {});
    if (state === undefined) return { status: 404, json: problem('malformed') };
    switch (kind) {
      case 'order':
        return this.#order(state, Number(order));
      case 'authorization':
        return { json: this.#authorization(state, Number(order), Number(part)) };
      case 'challenge':
        return this.#answered(state, Number(part), key);
      case 'finalize':
        return this.#finalize(state, Number(order), payload ?? {});
      default:
        return this.#certificate(state, Number(order), part);
    }
  }

  /** @see RFC 8555 §7.6 */
  #revoke({ certificate, reason }: Json): Reply {
    const serial = new X509Certificate(Buffer.from(String(certificate), 'base64url')).serialNumber;
    if (this.revoked.has(serial)) return { status: 400, json: problem('alreadyRevoked') };
    if (reason !== undefined && !this.reasons.includes(reason as number))
      return { status: 400, json: problem('badRevocationReason') };
    this.revoked.set(serial, reason);
    return {};
  }

  #newAccount(payload: Json, key: KeyObject): Reply {
    assert.equal(payload['termsOfServiceAgreed'], true);
    if (this.binding !== undefined) this.#checkBinding(payload['externalAccountBinding'], key);
    const n = this.#accounts.push(key) - 1;
    return { ...account, status: 201, headers: { location: `${this.#base}/account/${n}` } };
  }

  /** @see RFC 8555 §7.3.4 */
  #checkBinding(given: unknown, key: KeyObject): void {
    const inner = given as Record<'protected' | 'payload' | 'signature', string>;
    const { keyId, key: secret } = this.binding ?? assert.fail();
    assert.deepEqual(decoded(inner.protected), {
      alg: 'HS256',
      kid: keyId,
      url: `${this.#base}/account`,
    });
    assert.deepEqual(decoded(inner.payload), key.export({ format: 'jwk' }));
    const mac = createHmac('sha256', secret).update(`${inner.protected}.${inner.payload}`);
    assert.equal(inner.signature, mac.digest('base64url'));
  }

  #newOrder(payload: Json): Reply {
    const names = (payload['identifiers'] as { type: string; value: string }[]).map(
      ({ value }) => value,
    );
    const n = this.orders.length;
    const proofs = names.map((name) => ({
      status: 'pending',
      token: hash('sha256', `${n} ${name}`, 'base64url'),
      isAnswered: false,
    }));
    const { profile, replaces } = payload;
    const state = { names, profile, replaces, status: 'pending', proofs };
    this.orders.push(state);
    const headers = { location: `${this.#base}/order/${n}` };
    return { ...this.#order(state, n), status: 201, headers };
  }

  #order(state: OrderState, n: number): Reply {
    if (state.status === 'pending' && state.proofs.every(({ status }) => status === 'valid'))
      state.status = 'ready';
    if (state.status === 'processing' && (this.processing -= 1) < 0) state.status = 'valid';
    const { status, names, error } = state;
    const json = {
      status,
      identifiers: names.map((value) => ({ type: 'dns', value })),
      authorizations: names.map((_name, part) => `${this.#base}/authorization/${n}/${part}`),
      finalize: `${this.#base}/finalize/${n}`,
      ...(status === 'valid' ? { certificate: `${this.#base}/certificate/${n}` } : {}),
      ...(error === undefined ? {} : { error }),
    };
    return { json, ...(status === 'processing' ? { headers: { 'retry-after': '30' } } : {}) };
  }

  #authorization(state: OrderState, n: number, part: number): Json {
    const proof = state.proofs[part] ?? assert.fail();
    const value = state.names[part] ?? '';
    const challenge = {
      type: 'dns-01',
      url: `${this.#base}/challenge/${n}/${part}`,
      status: proof.status,
      token: proof.token,
      error: proof.error,
    };
    const http = { ...challenge, type: 'http-01', error: undefined };
    return {
      identifier: { type: 'dns', value: value.replace(/^\*\./, '') },
      status: proof.status,
      challenges: [http, challenge],
      ...(value.startsWith('*.') ? { wildcard: true } : {}),
    };
  }

  async #answered(state: OrderState, part: number, key: KeyObject): Promise<Reply> {
    const proof = state.proofs[part] ?? assert.fail();
    assert.equal(proof.isAnswered, false, 'a challenge is answered once');
    proof.isAnswered = true;
    const { crv, kty, x, y } = key.export({ format: 'jwk' });
    const thumbprint = hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url');
    const wanted = hash('sha256', `${proof.token}.${thumbprint}`, 'base64url');
    const domain = (state.names[part] ?? '').replace(/^\*\./, '');
    const isThere = (await this.#records(domain)).includes(wanted);
    const failure = this.failure ?? (isThere ? undefined : problem('unauthorized'));
    if (failure === undefined) proof.status = 'valid';
    else {
      Object.assign(proof, { status: 'invalid', error: failure });
      state.status = 'invalid';
    }
    return { json: { status: proof.status } };
  }

  #finalize(state: OrderState, n: number, payload: Json): Reply {
    if (state.status !== 'ready') return { status: 403, json: problem('orderNotReady') };
    const publicKey = requestedKey(Buffer.from(String(payload['csr']), 'base64url'));
    state.certificate = this.chainFor(state.names, publicKey);
    state.status = 'processing';
    this.issued += 1;
    return this.#order(state, n);
  }

  #certificate(state: OrderState, n: number, part: string): Reply {
    if (part !== '') return { text: this.alternates[Number(part)] ?? '' };
    const links = this.alternates.map((_pem, at) => `</certificate/${n}/${at}>;rel="alternate"`);
    const link = [`<${this.#base}/dir>;rel="index"`, ...links].join(', ');
    return { text: state.certificate ?? '', headers: { link } };
  }
}

const account: Reply = { json: { status: 'valid' } };

/** @see RFC 8555 §6.7 */
export function problem(type: string, more: Json = {}): Json {
  return { type: `urn:ietf:params:acme:error:${type}`, detail: `it is ${type}`, ...more };
}

function decoded(base64url: string): Json {
  return JSON.parse(Buffer.from(base64url, 'base64url').toString()) as Json;
}
