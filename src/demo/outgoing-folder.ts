import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SendCalledOffError } from '../sending/sending-errors.ts';
import type { SmtpServer } from '../sending/smtp-server.ts';

/** In place of a mail server: what is sent lies in a folder, a file each, and goes nowhere. */
export function outgoingFolder(folder: string): SmtpServer {
  return {
    verify: async () => { await mkdir(folder, { recursive: true }); },
    send: async ({ to, source }, mayHandOver) => {
      await mkdir(folder, { recursive: true });
      if (!(await mayHandOver())) throw new SendCalledOffError('the sending was called off');
      const name = `${new Date().toISOString().replaceAll(/[:.]/gu, '-')}-${to.replaceAll(/[^\w.@-]/gu, '_')}.eml`;
      await writeFile(join(folder, name), source, { flag: 'wx' });
      return { response: `250 kept as ${name}`, serverMessageId: null };
    },
  };
}
