import { principalName } from '../../aws/principal.ts';
import { reveal, type Secret } from '../../lib/secret.ts';
import type { CaKey } from '../../vault-client/vault.ts';
import type { AcmeConnection, Answer, Signer } from './connection.ts';
import { externalAccountBinding, jwkOf, type Jwk, type Jws } from './jws.ts';
import {
  accountShape,
  authorizationShape,
  orderShape,
  type AcmeOrder,
  type Authorization,
} from './messages.ts';
import type { RevocationCode } from '../revoker.ts';
import type { AcmeCall, AcmePorts } from './ports.ts';
import { AcmeProblem } from './problem.ts';
import { certificateId } from './renewal-information.ts';
import { AcmeProtocolError } from './protocol-error.ts';

export type AccountKey = CaKey & { readonly role: 'acme-account' };

/** What the CA wants to know of who asks for an account. */
export interface Registration {
  /** `mailto:` URLs. */
  readonly contact: readonly string[];
  /** The CA's name for the account that it knows already, and the key that it gave for it: disposed by the caller. */
  readonly binding?: { readonly keyId: string; readonly key: Secret } | undefined;
}

/** Our account with one CA, as one call uses it. Each use of its key leaves a receipt on the call. @see RFC 8555 §7 */
export class AcmeAccount {
  readonly jwk: Jwk;
  readonly #connection: AcmeConnection;
  readonly #sign: Signer['sign'];

  constructor(
    connection: AcmeConnection,
    key: AccountKey,
    vault: Pick<AcmePorts['vault'], 'signJws'>,
    call: AcmeCall,
  ) {
    this.jwk = jwkOf(key.publicKey);
    this.#connection = connection;
    this.#sign = async (input) => {
      const claim = { principal: principalName(call.principal) };
      const { signature, receipt } = await vault.signJws(key, input, claim);
      call.audit.receipt(receipt);
      return signature;
    };
  }

  /**
   * Makes the account, or finds the one that has this key. The operator has agreed to the CA's terms.
   * @returns its URL
   * @see RFC 8555 §7.3
   */
  async register({ contact, binding }: Registration): Promise<string> {
    const { newAccount: url, meta } = await this.#connection.directory();
    if (meta.externalAccountRequired === true && binding === undefined)
      throw new AcmeProtocolError('the CA wants an external account binding: a key id and a key');
    const payload = {
      termsOfServiceAgreed: true,
      contact,
      ...(binding === undefined ? {} : { externalAccountBinding: await this.#bind(binding, url) }),
    };
    const signer = { identity: { jwk: this.jwk }, sign: this.#sign };
    const what = 'account';
    const answer = await this.#connection.postForJson({ url, payload, what }, accountShape, signer);
    if (answer.said.status !== 'valid') throw new AcmeProtocolError('the account is not valid');
    return locationOf(answer, what);
  }

  #bind({ keyId, key }: NonNullable<Registration['binding']>, url: string): Promise<Jws> {
    return externalAccountBinding({ keyId, key: reveal(key) }, this.jwk, url);
  }

  /** What may be asked once the account is there. */
  at(accountUrl: string): Orders {
    return new Orders(this.#connection, { identity: { kid: accountUrl }, sign: this.#sign });
  }
}

/** The orders of an account. @see RFC 8555 §7.4, §7.5 */
export class Orders {
  readonly #connection: AcmeConnection;
  readonly #signer: Signer;

  constructor(connection: AcmeConnection, signer: Signer & { identity: { kid: string } }) {
    this.#connection = connection;
    this.#signer = signer;
  }

  /** @throws AcmeProtocolError if the account is not valid any more */
  async checkAccount(accountUrl: string): Promise<void> {
    const what = 'account';
    const { said } = await this.#connection.postForJson(
      { url: accountUrl, what },
      accountShape,
      this.#signer,
    );
    if (said.status !== 'valid') throw new AcmeProtocolError(`the account is ${said.status}`);
  }

  /**
   * @param replaced PEM of the certificate that is renewed, if this is of the same CA
   * @returns URL of the order
   * @see RFC 8555 §7.4, draft-ietf-acme-profiles §4, RFC 9773 §5
   */
  async create(
    names: readonly string[],
    {
      profile,
      replaced,
    }: { readonly profile: string | null; readonly replaced?: string | undefined },
  ): Promise<string> {
    const { newOrder: url, renewalInfo } = await this.#connection.directory();
    const identifiers = names.map((value) => ({ type: 'dns', value }));
    const replaces =
      replaced === undefined || renewalInfo === undefined ? undefined : certificateId(replaced);
    const payload = { identifiers, profile: profile ?? undefined, replaces };
    const what = 'order';
    const answer = await this.#connection.postForJson(
      { url, payload, what },
      orderShape,
      this.#signer,
    );
    return locationOf(answer, what);
  }

  async read(url: string): Promise<Answer & { readonly said: AcmeOrder }> {
    return this.#connection.postForJson({ url, what: 'order' }, orderShape, this.#signer);
  }

  async authorizations({ authorizations }: AcmeOrder): Promise<readonly Authorization[]> {
    return Promise.all(
      authorizations.map(async (url) => {
        const request = { url, what: 'authorization' };
        return (await this.#connection.postForJson(request, authorizationShape, this.#signer)).said;
      }),
    );
  }

  /** Says that a challenge can be looked at. @see RFC 8555 §7.5.1 */
  answer(challengeUrl: string): Promise<Answer> {
    return this.#connection.post(challengeUrl, {}, this.#signer);
  }

  /** @param csr DER */
  finalize({ finalize: url }: AcmeOrder, csr: Uint8Array): Promise<Answer> {
    const payload = { csr: Buffer.from(csr).toString('base64url') };
    return this.#connection.post(url, payload, this.#signer);
  }

  /**
   * A CA that does not take the reason is told without one.
   * @param der of the certificate
   * @see RFC 8555 §7.6
   */
  async revoke(der: Uint8Array, reason: RevocationCode): Promise<void> {
    const { revokeCert: url } = await this.#connection.directory();
    const certificate = Buffer.from(der).toString('base64url');
    try {
      await this.#connection.post(url, { certificate, reason }, this.#signer);
    } catch (error) {
      if (!(error instanceof AcmeProblem && error.type === 'badRevocationReason')) throw error;
      await this.#connection.post(url, { certificate }, this.#signer);
    }
  }

  /** A chain in PEM, and the URLs of its alternates. @see RFC 8555 §7.4.2 */
  async certificate(url: string): Promise<{ pem: Uint8Array; alternates: readonly string[] }> {
    const { body, link = '' } = await this.#connection.post(url, undefined, this.#signer);
    const links = link.matchAll(/<([^<>]+)>([^<]*)/g);
    const alternates = [...links]
      .filter(([, , parameters = '']) => /;\s*rel="?alternate"?\s*(?:[;,]|$)/.test(parameters))
      .map(([, target = '']) => URL.parse(target, url)?.href)
      .filter((target) => target !== undefined);
    return { pem: body, alternates };
  }
}

function locationOf({ location }: Answer, what: string): string {
  if (location?.startsWith('https://') === true) return location;
  throw new AcmeProtocolError(`the CA does not say where the new ${what} is`);
}
