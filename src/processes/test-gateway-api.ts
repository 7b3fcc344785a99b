import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/loopback.ts';
import type { WatchConfigurationRequest } from '../aws/gateway-feed.ts';
import { ControlPlaneRefusal } from '../dataplane/gateway/control-plane.ts';
import { testCertificate } from '../dataplane/gateway/test-certificates.ts';
import { TestControlPlane } from '../dataplane/gateway/test-control-plane.ts';

/** A control plane that speaks the wire over HTTPS, for real gateway processes. */
export class TestGatewayApi implements AsyncDisposable {
  readonly controlPlane = new TestControlPlane();
  readonly cursors: (string | undefined)[] = [];
  readonly tokens: (string | undefined)[] = [];
  refusedToken: string | undefined;
  #authority = testCertificate(['127.0.0.1']);
  #server = this.#newServer();

  static async start(): Promise<TestGatewayApi> {
    const api = new TestGatewayApi();
    // Not one that an outgoing connection may get during a restart.
    api.#server.listen(await freePort(), '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  /** Of the configuration of a gateway. */
  get place() {
    return {
      endpoint: `https://127.0.0.1:${this.#port}`,
      caPem: this.#authority.pem,
      region: 'eu-north-1',
      portOffset: 0,
    };
  }

  /** As kill -9 does: every connection breaks; another answers at the same address. */
  async restart(): Promise<void> {
    const port = this.#port;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    await sleep(300);
    this.#server = this.#newServer().listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** From now on it serves under a certificate of another authority. */
  async changeAuthority(): Promise<void> {
    this.#authority = testCertificate(['127.0.0.1']);
    await this.restart();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #newServer(): Server {
    const { pem: cert, privateKey } = this.#authority;
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    return createServer({ cert, key }, (request, response) => {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const token = request.headers['x-amz-security-token'];
      this.tokens.push(typeof token === 'string' ? token : undefined);
      void json(request)
        .then((input) => this.#answer(String(request.headers['x-amz-target']), input, gone.signal))
        .then(
          (output) => response.end(JSON.stringify(output ?? {})),
          (error: unknown) => {
            response.statusCode = 400;
            const code = error instanceof ControlPlaneRefusal ? error.code : 'InternalFailure';
            response.end(JSON.stringify({ __type: code, message: 'no' }));
          },
        );
    });
  }

  async #answer(target: string, input: any, signal: AbortSignal): Promise<unknown> {
    if (this.tokens.at(-1) === this.refusedToken)
      throw new ControlPlaneRefusal('ExpiredTokenException', 'the token is too old');
    switch (target) {
      case 'HoldfastGateway.WatchConfiguration':
        this.cursors.push((input as WatchConfigurationRequest).Cursor);
        return this.controlPlane.watchConfiguration(input, signal);
      case 'HoldfastGateway.ProveGrants':
        return this.controlPlane.proveGrants(input);
      case 'HoldfastGateway.ReportStatus':
        return this.controlPlane.reportStatus(input);
      case 'TrentService.Decrypt': {
        const envelope = await this.controlPlane.decrypt({
          region: 'eu-north-1',
          kmsKeyArn: input.KeyId,
          ciphertext: input.CiphertextBlob,
          encryptionContext: input.EncryptionContext,
          attestationDocument: input.Recipient.AttestationDocument,
        });
        return { CiphertextForRecipient: Buffer.from(envelope).toString('base64') };
      }
      default:
        throw new ControlPlaneRefusal('UnknownOperationException', target);
    }
  }
}
