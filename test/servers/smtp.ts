import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { freeLoopbackPort } from './ports.ts';

/** A mail as the server took it. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

/** What the server does with the next mails; `accept` when the list is used up. */
export type Behaviour =
  | 'accept'
  /** 451 and 550 to the recipient. */
  | 'defer' | 'refuse'
  /** 451 and 554 to the text. */
  | 'defer_text' | 'refuse_text'
  /** Takes the text and hangs up before it says anything: whether the mail goes out is open. */
  | 'take_and_drop' | 'lose_and_drop'
  /** Hangs up when the recipient is told. */
  | 'drop_early'
  /** Takes the text and says nothing until `release`. */
  | 'hang';

export interface SmtpServerUnderTest {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly taken: readonly TakenMail[];
  /** How many times a text was begun to be taken. */
  readonly begun: () => number;
  behave(...next: Behaviour[]): void;
  /** Lets go of the mails that `hang` holds: answers them, if anyone still listens. */
  release(): void;
  /** Resolves when that many mails hang. */
  whenHanging(count: number): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

export interface SmtpServerPlace {
  /** Any free one where it is left out. */
  readonly port?: number;
  /** Called before the server answers for the mail. */
  readonly onTaken?: (mail: TakenMail) => void;
  readonly onHanging?: () => void;
}

/** A real SMTP server on loopback that asks for a name and a password. */
export async function startSmtpServer(options: SMTPServerOptions = {}, place: SmtpServerPlace = {}): Promise<SmtpServerUnderTest> {
  const port = place.port ?? await freeLoopbackPort();
  const [user, password] = ['shop', 'battery-staple'];
  const taken: TakenMail[] = [];
  const behaviours: Behaviour[] = [];
  let hanging: (() => void)[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let begun = 0;
  const sockets = new Map<number, Socket>();
  const drop = (session: SMTPServerSession): void => { sockets.get(session.remotePort ?? 0)?.destroy(); };
  const take = ({ envelope: { mailFrom, rcptTo } }: SMTPServerSession, source: Buffer): void => {
    const mail = { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), source: source.toString('utf8') };
    taken.push(mail);
    place.onTaken?.(mail);
  };
  const hang = (go: () => void): void => {
    hanging.push(go);
    place.onHanging?.();
    for (const { count, resolve } of waiting) if (hanging.length >= count) resolve();
    waiting = waiting.filter(({ count }) => hanging.length < count);
  };
  const onText = (session: SMTPServerSession, source: Buffer, done: (error?: Error | null, message?: string) => void): void => {
    const answers: Partial<Record<Behaviour, () => void>> = {
      defer_text: () => { done(refusal(451, 'come back later')); },
      refuse_text: () => { done(refusal(554, 'this is spam')); },
      lose_and_drop: () => { drop(session); },
      take_and_drop: () => { take(session, source); drop(session); },
      hang: () => { hang(() => { take(session, source); done(null, 'taken after all'); }); },
    };
    const answer = answers[behaviours.shift() ?? 'accept'];
    if (answer !== undefined) {
      answer();
      return;
    }
    take(session, source);
    done(null, 'queued as 42');
  };
  const make = (): SMTPServer => {
    const server = new SMTPServer({
      allowInsecureAuth: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, logger: false, closeTimeout: 1,
      onAuth: (auth, _session, done) => {
        if (auth.username === user && auth.password === password) done(null, { user });
        else done(refusal(535, 'no such name or password'));
      },
      onRcptTo: (_address, session, done) => {
        const [next] = behaviours;
        if (next !== 'defer' && next !== 'refuse' && next !== 'drop_early') {
          done();
          return;
        }
        behaviours.shift();
        if (next === 'drop_early') drop(session);
        else done(next === 'defer' ? refusal(451, 'come back later') : refusal(550, 'no such recipient'));
      },
      onData: (stream, session, done) => {
        begun += 1;
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => { onText(session, Buffer.concat(chunks), done); });
      },
      ...options,
    });
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      const theirs = socket.remotePort ?? 0;
      sockets.set(theirs, socket);
      socket.once('close', () => sockets.delete(theirs));
    });
    return server;
  };
  let current: SMTPServer | null = null;
  const start = async (): Promise<void> => {
    const server = make();
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    current = server;
  };
  const stop = async (): Promise<void> => {
    const server = current;
    current = null;
    if (server !== null) await new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
  };
  await start();
  return {
    port, user, password, taken, begun: () => begun,
    behave: (...next) => { behaviours.splice(0, behaviours.length, ...next); },
    release: () => { for (const go of hanging.splice(0)) go(); },
    whenHanging: async (count) => {
      if (hanging.length >= count) return;
      await new Promise<void>((resolve) => { waiting.push({ count, resolve }); });
    },
    stop: async () => { hanging = []; await stop(); },
    restart: start,
  };
}

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}
