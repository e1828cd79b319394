import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DeskContext } from './desk-context.ts';
import { isSecure } from './session-cookie.ts';

/**
 * What the next page says of what was just done, with a way to undo it: carried over the redirect in a signed cookie, shown once. Personal data
 * do not belong into it.
 */
const toastSchema = z.object({
  text: z.string(),
  tone: z.enum(['good', 'caution', 'bad']),
  /** What was typed into the form is saved, or let go on purpose: no page need bring it back. */
  saved: z.boolean().optional(),
  /** A path of ours that takes a POST, and how long it can be undone, in milliseconds since 1970. */
  undo: z.object({ action: z.string().startsWith('/'), until: z.number() }).nullable(),
});
export type Toast = z.output<typeof toastSchema>;

const cookieName = 'refund_triage_toast';
const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', signed: true } as const;

export function setToast(reply: FastifyReply, desk: DeskContext, toast: { text: string; tone?: Toast['tone']; undo?: Toast['undo']; saved?: boolean }): void {
  const value: Toast = { text: toast.text, tone: toast.tone ?? 'good', undo: toast.undo ?? null, saved: toast.saved ?? false };
  reply.setCookie(cookieName, Buffer.from(JSON.stringify(value)).toString('base64url'), { ...cookieOptions, secure: isSecure(desk), maxAge: 60 });
}

/** The toast to show on this page, once. */
export function takeToast(reply: FastifyReply): Toast | null {
  const cookie = reply.request.cookies[cookieName];
  if (cookie === undefined) return null;
  reply.clearCookie(cookieName, { path: '/' });
  const { valid, value } = reply.request.unsignCookie(cookie);
  if (!valid) return null;
  try {
    return toastSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return null;
  }
}
