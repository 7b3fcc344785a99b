import { compactVerify } from 'jose';
import type { KeyObject } from 'node:crypto';
import { accountId, type AccountId } from '../../../aws/arn.ts';
import { CommonError } from '../../../aws/errors.ts';
import { ClientShares } from '../../../aws/http/client-shares.ts';
import type { WebIdentityPrincipal } from '../../../aws/principal.ts';
import {
  audienceOf,
  checkTimes,
  conditionKeys,
  readWebIdentityToken,
  sessionOf,
} from '../domain/web-identity-token.ts';
import { InvalidIdentityTokenException } from '../errors.ts';
import type { AssumeRoleWithWebIdentityRequest } from '../model.ts';
import type { WebIdentityPorts } from '../ports.ts';
import { accountOfRole } from '../role-arn.ts';
import { ProviderKeys } from './provider-keys.ts';

/**
 * Tokens that are looked at, or wait for their provider, at a time. What one account's slow provider holds up is not for
 * others to wait for.
 */
const most = { atATime: 128, ofOneAccount: 32, ofOneClient: 16 };

/** Finds out for whom a provider vouches. Nobody has signed the request, so the work at a time is bounded. */
export class WebIdentities {
  readonly #ports: WebIdentityPorts;
  readonly #keys: ProviderKeys;
  readonly #clients = new ClientShares(most.ofOneClient);
  readonly #accounts = new ClientShares(most.ofOneAccount);
  #inWork = 0;

  constructor(ports: WebIdentityPorts) {
    this.#ports = ports;
    this.#keys = new ProviderKeys(ports);
  }

  /**
   * @param remoteAddress of the client
   * @throws InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError; validation, throttled
   */
  async identify(
    input: AssumeRoleWithWebIdentityRequest,
    remoteAddress: string,
  ): Promise<WebIdentityPrincipal> {
    const account = accountId(accountOfRole(input.RoleArn));
    using _share = this.#share(account, remoteAddress);
    return await this.#identify(account, input);
  }

  /** @throws throttled when there is too much at a time */
  #share(account: AccountId, remoteAddress: string): Disposable {
    const tooMuch = new CommonError('throttled', 'Rate exceeded');
    if (this.#inWork >= most.atATime) throw tooMuch;
    using taken = new DisposableStack();
    if (!this.#clients.take(remoteAddress)) throw tooMuch;
    taken.defer(() => this.#clients.give(remoteAddress));
    if (!this.#accounts.take(account)) throw tooMuch;
    taken.defer(() => this.#accounts.give(account));
    this.#inWork += 1;
    taken.defer(() => (this.#inWork -= 1));
    return taken.move();
  }

  /** From what costs nothing to what costs most; what a provider has not signed is not told what there is. */
  async #identify(
    account: AccountId,
    input: AssumeRoleWithWebIdentityRequest,
  ): Promise<WebIdentityPrincipal> {
    const { identity, clock } = this.#ports;
    if (input.ProviderId !== undefined)
      throw new CommonError('validation', 'ProviderId must not be specified with an ID Token');
    const token = readWebIdentityToken(input.WebIdentityToken);
    const { header, claims, issuer } = token;
    checkTimes(claims, clock.now());
    const provider = await identity.oidcProvider(account, issuer);
    if (provider === undefined) throw notProved();
    const key = await this.#keys.find(provider, header);
    if (key === undefined || !(await isSigned(input.WebIdentityToken, key, header.alg)))
      throw notProved();
    const audience = audienceOf(claims, provider.clientIds);
    if (audience === undefined) throw new InvalidIdentityTokenException('Incorrect token audience');
    return {
      type: 'web-identity',
      account,
      principalId: `${provider.arn}:${audience}:${claims.sub}`,
      provider: provider.arn,
      audience,
      subject: claims.sub,
      conditionKeys: conditionKeys(token, audience),
      session: sessionOf(claims),
    };
  }
}

async function isSigned(token: string, key: KeyObject, alg: string): Promise<boolean> {
  return compactVerify(token, key, { algorithms: [alg] }).then(
    () => true,
    () => false,
  );
}

/** The same whether the account has no such provider, or that has no such key, or another has signed. */
function notProved(): InvalidIdentityTokenException {
  return new InvalidIdentityTokenException(
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
}
