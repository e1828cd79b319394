import type { ImapFlow, ListResponse } from 'imapflow';
import type { AnswerFolder } from './answer.ts';
import { FolderMissingError } from './mailbox-errors.ts';

/** A special folder: its path for people, and as the server spells it (modified UTF-7) for raw commands. */
export interface SpecialFolder {
  readonly path: string;
  readonly wirePath: string;
}

/** What mail programs and providers call them, best known first. ImapFlow knows many more, but not all of these. */
const usualNames: Readonly<Record<AnswerFolder, readonly string[]>> = {
  drafts: [
    'Drafts', 'Draft', 'Черновики', 'Черновик', 'Чарнавікі', 'Чернетки', 'Brouillons', 'Brouillon', 'Borradores', 'Borrador', 'Bozze', 'Rascunhos', 'Rascunho',
    'Wersje robocze', 'Szkice', 'Robocze', 'Kopie robocze', 'Taslaklar', 'Taslak', '下書き', '下書きフォルダー', '임시보관함', '임시 보관함', '초안', 'المسودات', 'مسودات', 'مسودة',
    'Entwürfe', 'Entwurf', 'Concepten', 'Concepts', 'Utkast', 'Kladder', 'Luonnokset', 'Koncepty', 'Piszkozatok', 'Ciorne', 'Πρόχειρα', 'טיוטות', '草稿', '草稿箱', '草稿匣', 'Drafts Folder',
  ].map(fold),
  sent: [
    'Sent', 'Sent Items', 'Sent Messages', 'Sent Mail', 'Sent-Mail', 'Отправленные', 'Адпраўленыя', 'Дасланыя', 'Надіслані', 'Відправлені', 'Éléments envoyés', 'Messages envoyés', 'Envoyés', 'Objets envoyés',
    'Enviados', 'Elementos enviados', 'Mensajes enviados', 'Correo enviado', 'Posta inviata', 'Inviati', 'Inviata', 'Itens enviados', 'E-mails enviados', 'Mensagens enviadas', 'Wysłane', 'Elementy wysłane', 'Wiadomości wysłane',
    'Gönderilmiş Öğeler', 'Gönderilmiş Postalar', 'Gönderilenler', 'Gönderilen Kutusu', 'Gönderilmiş', '送信済み', '送信済みアイテム', '送信済みメール', '送信済みトレイ', '보낸편지함', '보낸 편지함', '보낸 메일', '보낸메일함', 'المرسل', 'العناصر المرسلة', 'البريد المرسل', 'المرسلة', 'الرسائل المرسلة',
    'Gesendet', 'Gesendete Elemente', 'Gesendete Objekte', 'Gesendete Nachrichten', 'Verzonden', 'Verzonden items', 'Verzonden berichten', 'Skickat', 'Skickade objekt', 'Sendt', 'Sendte elementer', 'Lähetetyt', 'Odeslané', 'Odeslaná pošta', 'Odoslané',
    'Elküldött elemek', 'Elküldött', 'Trimise', 'Elemente trimise', 'Απεσταλμένα', 'נשלח', 'פריטים שנשלחו', 'דואר שנשלח', '已发送', '已发送邮件', '已傳送', '寄件備份', 'Sent Objects',
  ].map(fold),
};

/** The folder that holds drafts, or what was sent: as configured, by SPECIAL-USE (RFC 6154), by its usual names. Null where there is none. */
export async function findFolder(client: ImapFlow, kind: AnswerFolder, configured: string | undefined): Promise<SpecialFolder | null> {
  return pickFolder(await client.list(), kind, configured);
}

/** Makes the folder that `findFolder` did not find. */
export async function makeFolder(client: ImapFlow, kind: AnswerFolder, configured: string | undefined): Promise<SpecialFolder> {
  const name = kind === 'drafts' ? 'Drafts' : 'Sent';
  await client.mailboxCreate(configured ?? name);
  const made = await findFolder(client, kind, configured);
  if (made === null) throw new FolderMissingError(`the server has no ${name} folder and made none; name one as ${kind}_folder`);
  return made;
}

export function pickFolder(listed: readonly ListResponse[], kind: AnswerFolder, configured: string | undefined): SpecialFolder | null {
  const folders = listed.filter((folder) => ![...folder.flags].some((flag) => /^\\(?:noselect|nonexistent)$/i.test(flag)));
  const chosen =
    configured === undefined
      ? (folders.find((folder) => [...folder.flags].some((flag) => flag.toLowerCase() === `\\${kind}`)) ?? byName(folders, kind))
      : folders.find((folder) => folder.path === configured);
  return chosen === undefined ? null : { path: chosen.path, wirePath: chosen.pathAsListed };
}

function byName(folders: readonly ListResponse[], kind: AnswerFolder): ListResponse | undefined {
  const ranked = folders
    .map((folder) => ({ folder, rank: rankFolderName(kind, folder.name), depth: folder.parent.length }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.depth - b.depth || a.rank - b.rank);
  return ranked[0]?.folder ?? folders.find((folder) => folder.specialUse?.toLowerCase() === `\\${kind}`);
}

/** The lower, the better known as a name of that folder; negative where it is none. */
export function rankFolderName(kind: AnswerFolder, name: string): number {
  return usualNames[kind].indexOf(fold(name));
}

/** Without case, width, and the invisible marks that right-to-left mail programs add. */
function fold(name: string): string {
  return name.normalize('NFKC').replaceAll(/[\u200e\u200f\u202a-\u202e]/g, '').trim().toLowerCase();
}
