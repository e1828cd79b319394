import { rootCertificates } from 'node:tls';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isLoopback } from '../mailbox/imap-options.ts';
import {
  SendCalledOffError, SendUncertainError, SmtpDeferredError, SmtpError, SmtpLoginError, SmtpPlaintextError, SmtpRefusedError, SmtpTlsError, SmtpUnreachableError,
} from './sending-errors.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** The server that mail is sent by, one connection a mail. */
export interface SmtpServer {
  /** Connects, signs in, and leaves. Throws `SmtpError`. */
  verify(): Promise<void>;
  /**
   * Hands a mail over, once. `mayHandOver` is asked when the server waits for the mail's text, the last moment at which nothing has happened yet: false calls it off. Throws
   * `SendUncertainError` where the server had the mail, or may have had it, and said nothing; whatever else it throws, the mail was not sent.
   */
  send(mail: OutgoingMail, mayHandOver: () => Promise<boolean>): Promise<SentReply>;
}

export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly source: Buffer;
}

export interface SentReply {
  /** The server's last line. */
  readonly response: string;
  /** The Message-ID that the server put in place of ours, where it says so. */
  readonly serverMessageId: string | null;
}

export interface SmtpTiming {
  readonly connectTimeoutMs: number;
  /** How long the server may be silent; ten minutes after the mail's text, says RFC 5321, 4.5.3.2.6. */
  readonly silenceTimeoutMs: number;
}

const defaultTiming: SmtpTiming = { connectTimeoutMs: 20_000, silenceTimeoutMs: 10 * 60_000 };

export function smtpServer(settings: SmtpSettings, timing: Partial<SmtpTiming> = {}): SmtpServer {
  const times = { ...defaultTiming, ...timing };
  return {
    verify: async () => {
      const connection = await connect(settings, times);
      connection.quit();
    },
    send: async (mail, mayHandOver) => {
      const connection = await connect(settings, times);
      try {
        const reply = await handOver(connection, mail, mayHandOver);
        connection.quit();
        return reply;
      } catch (error) {
        connection.close();
        throw error;
      }
    },
  };
}

async function connect(settings: SmtpSettings, { connectTimeoutMs, silenceTimeoutMs }: SmtpTiming): Promise<SMTPConnection> {
  const { host, port, security, user, password, ca } = settings;
  const place = `${host}:${String(port)}`;
  if (security === 'none' && !isLoopback(host)) throw new SmtpPlaintextError(`${place}: mail goes to another machine by TLS only`);
  const connection = new SMTPConnection({
    host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none',
    connectionTimeout: connectTimeoutMs, greetingTimeout: connectTimeoutMs, socketTimeout: silenceTimeoutMs, dnsTimeout: connectTimeoutMs,
    tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca: [...rootCertificates, ca] }) },
  });
  return await new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      connection.close();
      reject(asSmtpError(error, place));
    };
    connection.once('error', fail);
    // Where there is a better reason, it is told right after.
    connection.once('end', () => { setImmediate(fail, new Error('the server closed the connection')); });
    connection.connect((refused) => {
      if (refused) {
        fail(refused);
        return;
      }
      if (user === null || password === null) {
        resolve(connection);
        return;
      }
      connection.login({ credentials: { user, pass: password.reveal() } }, (denied) => {
        if (denied) fail(denied);
        else resolve(connection);
      });
    });
  });
}

async function handOver(connection: SMTPConnection, mail: OutgoingMail, mayHandOver: () => Promise<boolean>): Promise<SentReply> {
  let calledOff: Error | null = null;
  let hadMail = false;
  const giveMail = async (stream: Readable): Promise<void> => {
    try {
      if (await mayHandOver()) {
        hadMail = true;
        stream.push(mail.source);
        stream.push(null);
        return;
      }
      calledOff = new SendCalledOffError('the sending was called off');
    } catch (error) {
      calledOff = error instanceof Error ? error : new Error(String(error));
    }
    // A connection that ends before the last line's dot leaves the server without a mail (RFC 5321, 4.1.1.4).
    connection.close();
    stream.destroy();
  };
  // Read from only when the server has asked for the text.
  let begun = false;
  const source = new Readable({
    read() {
      if (begun) return;
      begun = true;
      void giveMail(this);
    },
  });
  try {
    return await new Promise<SentReply>((resolve, reject) => {
      connection.removeAllListeners('error').on('error', reject);
      connection.removeAllListeners('end').on('end', () => { setImmediate(reject, new Error('the server closed the connection')); });
      connection.send({ from: mail.from, to: [mail.to], size: mail.source.length }, source, (error, info) => {
        if (error) reject(error);
        else resolve({ response: info?.response ?? '', serverMessageId: info?.serverMessageId ?? null });
      });
    });
  } catch (error) {
    if (calledOff !== null) throw calledOff;
    // Where the server answered, the answer counts, also after the text.
    if (hadMail && responseCodeOf(error) === null) throw new SendUncertainError(`the mail was handed over, and no answer came: ${reasonOf(error)}`, { cause: error });
    throw asSmtpError(error, connection.options.host ?? '');
  }
}

function asSmtpError(error: unknown, place: string): SmtpError {
  if (error instanceof SmtpError) return error;
  const response = responseCodeOf(error);
  const code = codeOf(error);
  const reason = `${place}: ${reasonOf(error)}`;
  if (code === 'EAUTH' || code === 'ENOAUTH') return new SmtpLoginError(reason, { cause: error });
  if (code === 'ETLS' || /certificate|SSL|TLS/iu.test(code) || /certificate|self.signed|STARTTLS/iu.test(reasonOf(error))) return new SmtpTlsError(reason, { cause: error });
  if (response !== null && response >= 500) return new SmtpRefusedError(reason, { cause: error });
  if (response !== null && response >= 400) return new SmtpDeferredError(reason, { cause: error });
  // The mail itself is what our own library refuses: too large for the server, or an address that is none.
  if (code === 'EMESSAGE' || code === 'EENVELOPE') return new SmtpRefusedError(reason, { cause: error });
  return new SmtpUnreachableError(reason, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function responseCodeOf(error: unknown): number | null {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/gu, ' ').slice(0, 300);
}
