import { TriageError } from '../errors.ts';

/** What a person can do about each fault that `check` and the start meet. Faults of single mails are not among them. */
const remedies: Readonly<Record<string, string>> = {
  config_invalid: 'mend the lines named',
  config_unreadable: 'make the file readable for this user, or correct its name',
  bad_pack: 'mend the lines named',
  bad_template: 'mend the line named',
  mailbox_unreachable: 'look at host, port and security, and whether a firewall is in between',
  mailbox_login_refused: 'look at user and password; where the server asks for an app password, make one',
  mailbox_tls_failed: 'take the name in the certificate as host, set ca_file for a server with its own certificate, or another security',
  mailbox_plaintext_refused: 'set security to tls or starttls',
  mailbox_folder_missing: 'correct folder, or make it',
  mailbox_quota_exceeded: 'make room in the mailbox',
  mailbox_refused: 'look at what the server says',
  smtp_unreachable: 'look at host, port and security of smtp, and whether a firewall is in between',
  smtp_login_refused: 'look at user and password of smtp; where the server asks for an app password, make one',
  smtp_tls_failed: 'take the name in the certificate as host, set ca_file for a server with its own certificate, or another security',
  smtp_plaintext_refused: 'set security of smtp to tls or starttls',
  provider_unavailable: 'look at issuer under desk: oidc, and whether the provider runs; people with a password still get in',
  store_in_use: 'end the other process, or set DATABASE_URL to share the store',
  store_unavailable: 'look at DATABASE_URL and whether the server runs, or that data_dir can be written',
  store_too_new: 'run the newer release, or choose another data_dir or database',
  monitoring_unavailable: 'choose another host or port under monitoring, or null',
  telemetry_missing: 'install with optional packages, or leave telemetry out',
  queue_unavailable: 'look at REDIS_URL and whether the server runs',
  records_unavailable: 'look at the file, the address or the connection of the records and whether the server runs; mail waits for them, then goes on without',
  records_unusable: 'mend records: in the policy.yaml or the configuration, or what it reads',
  model_unavailable: 'look at base_url, the key and whether the server runs; mail goes on without it',
};

export function remedyFor(error: unknown): string {
  return (error instanceof TriageError ? remedies[error.code] : undefined) ?? 'see the README under "What happens when…"';
}
