/**
 * The moments at which a process may be killed on purpose: before and after each step that is durable, or that another
 * process takes notice of. What must hold after each is in test/torture/verdict.ts.
 */
export type FaultPoint =
  // A call or a job, in the api and in the worker. `of` is the event: RequestCertificate, ReEncrypt, IssueCertificate …
  /** Decided, with its records; nothing is handed to the store. */
  | 'call.decided'
  /** Durable; the vault does not know that its receipts are recorded, and nobody is answered. */
  | 'call.durable'
  /** All is done but the answer. */
  | 'call.unanswered'
  /** A refusal is recorded, and not answered. */
  | 'refusal.durable'
  // The writer's thread, in the api and in the worker.
  /** A batch of Changes has arrived. */
  | 'writer.before-begin'
  /** All its statements are done. */
  | 'writer.before-commit'
  /** It is durable, and nobody knows. */
  | 'writer.after-commit'
  /** The old bytes of key material are still in the write-ahead log. */
  | 'writer.before-truncation'
  /** They are overwritten; the commit is not told yet. */
  | 'writer.after-truncation'
  // The vault, and who asks it. `of` is the vault's operation, or the action.
  /** A request has arrived. */
  | 'vault.asked'
  /** The key is used, the receipt issued, and the answer not sent. */
  | 'vault.used'
  /** Receipts were confirmed, and are not forgotten yet. */
  | 'vault.confirmed'
  /** The api or the worker has the vault's answer; nothing of it is kept. */
  | 'vault.answered'
  // ACM.
  /** Key, alias and ACM's grant of a first request are made, and not kept. */
  | 'managed-key.made'
  /** The key pair of a certificate is made, and what will be signed is fixed; neither is kept. */
  | 'issuance.prepared'
  /** What is to be signed is durable. */
  | 'signature.next'
  /** It is signed; nobody has kept the certificate. */
  | 'signature.made'
  /** Certificate and key of an issuance are in the Change, the uses not yet. */
  | 'issuance.signed'
  /** An imported key is a ciphertext, and not kept. */
  | 'import.taken'
  /** The grant of a use is made, its ciphertext is not. */
  | 'association.granted'
  /** Of the uses of a renewed or imported certificate one more has its new ciphertext. */
  | 'reassociation.of-one-use'
  /** The grant of a use is retired, its ciphertext is still there. */
  | 'disassociation.retired'
  /** A grant is taken away, and nobody told. */
  | 'grant.ended'
  /** A job's lease is durable, and nothing of it begun. */
  | 'job.leased'
  /** Control of the names of a renewal is proved. */
  | 'renewal.proved'
  // From the control plane to the clients of a load balancer.
  /** The feed counts a change that is not kept yet. */
  | 'feed.counted'
  /** The api has found a change for the gateway, and not answered. */
  | 'feed.answering'
  /** The gateway has heard of a change, and done nothing. */
  | 'gateway.heard'
  /** It has let go of what was taken away. */
  | 'gateway.dropped'
  /** It has the envelope of a key, and does not serve it yet. */
  | 'gateway.decrypted'
  /** An answer of the name server is ready to be sent. */
  | 'dns.answering'
  // The books.
  /** The vault has named receipts that ended processes left; they are not recorded. */
  | 'receipts.abandoned'
  /** The end of a life of the vault is about to be recorded. */
  | 'epoch.closing'
  // The supervisor.
  /** It has seen the end of a process, and not started it again. */
  | 'supervisor.saw-end'
  /** It has started a process that has no settings yet. */
  | 'supervisor.started'
  /** A new vault runs, and nobody has a pipe to it. */
  | 'supervisor.vault-started'
  /** The vault knows the gateway's key, and the gateway does not know. */
  | 'supervisor.enrolled'
  /** It has the gateway's credentials in hand. */
  | 'supervisor.has-credentials';
