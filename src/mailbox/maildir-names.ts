import { hostname } from 'node:os';

/** A file name in `new/` or `cur/`: what stays the same over renames, and the flags behind `:2,`. */
export interface MaildirName {
  readonly base: string;
  /** Upper case letters are the flags of the Maildir (S is seen, D draft), lower case ones keywords. */
  readonly flags: string;
}

export function parseMaildirName(name: string): MaildirName {
  const at = name.lastIndexOf(':2,');
  return at < 0 ? { base: name, flags: '' } : { base: name.slice(0, at), flags: name.slice(at + 3) };
}

/** The name in `cur/` with these flags, in the order the format asks for. */
export function maildirName(base: string, flags: string): string {
  return `${base}:2,${[...new Set(flags)].toSorted((a, b) => (a < b ? -1 : 1)).join('')}`;
}

let delivered = 0;
const host = hostname().replaceAll('/', '\\057').replaceAll(':', '\\072');

/** A name that no other delivery on any host has: time, process and a counter (https://cr.yp.to/proto/maildir.html). */
export function uniqueMaildirName(): string {
  delivered += 1;
  const now = Date.now();
  return `${Math.floor(now / 1000)}.M${(now % 1000) * 1000}P${process.pid}Q${delivered}.${host}`;
}

/** A Maildir++ folder's name as people write it: it is kept in modified UTF-7 (RFC 3501, 5.1.3). */
export function decodeFolderName(name: string): string {
  return name.replaceAll(/&(?<coded>[^-]*)-/g, (whole, coded: string) => {
    if (coded === '') return '&';
    const bytes = Buffer.from(coded.replaceAll(',', '/'), 'base64');
    if (bytes.length < 2) return whole;
    return bytes.subarray(0, bytes.length - (bytes.length % 2)).swap16().toString('utf16le');
  });
}

export function encodeFolderName(name: string): string {
  return name.replaceAll('&', '&-').replaceAll(/[^\u0020-\u007e]+/g, (run) => {
    const coded = Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',');
    return `&${coded}-`;
  });
}
