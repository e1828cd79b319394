import type { ImapFlow, ListResponse } from 'imapflow';
import { FolderMissingError } from './mailbox-errors.ts';

/** The Drafts folder: its path for people, and as the server spells it (modified UTF-7) for raw commands. */
export interface DraftsFolder {
  readonly path: string;
  readonly wirePath: string;
}

/** What mail programs and providers call it, best known first. ImapFlow knows many more, but not all of these. */
const usualNames = [
  'Drafts', 'Draft', 'Черновики', 'Черновик', 'Чарнавікі', 'Чернетки', 'Brouillons', 'Brouillon', 'Borradores', 'Borrador', 'Bozze', 'Rascunhos', 'Rascunho',
  'Wersje robocze', 'Szkice', 'Robocze', 'Kopie robocze', 'Taslaklar', 'Taslak', '下書き', '下書きフォルダー', '임시보관함', '임시 보관함', '초안', 'المسودات', 'مسودات', 'مسودة',
  'Entwürfe', 'Entwurf', 'Concepten', 'Concepts', 'Utkast', 'Kladder', 'Luonnokset', 'Koncepty', 'Piszkozatok', 'Ciorne', 'Πρόχειρα', 'טיוטות', '草稿', '草稿箱', '草稿匣', 'Drafts Folder',
].map(fold);

/** The folder that holds Drafts: as configured, by SPECIAL-USE (RFC 6154), by its usual names; made when there is none. */
export async function findDraftsFolder(client: ImapFlow, configured: string | undefined): Promise<DraftsFolder> {
  const found = pickDraftsFolder(await client.list(), configured);
  if (found !== null) return found;
  await client.mailboxCreate(configured ?? 'Drafts');
  const made = pickDraftsFolder(await client.list(), configured);
  if (made === null) throw new FolderMissingError(`the server has no Drafts folder and made none; name one as drafts_folder`);
  return made;
}

export function pickDraftsFolder(listed: readonly ListResponse[], configured: string | undefined): DraftsFolder | null {
  const folders = listed.filter((folder) => ![...folder.flags].some((flag) => /^\\(?:noselect|nonexistent)$/i.test(flag)));
  const chosen =
    configured === undefined
      ? (folders.find((folder) => [...folder.flags].some((flag) => flag.toLowerCase() === '\\drafts')) ?? byName(folders))
      : folders.find((folder) => folder.path === configured);
  return chosen === undefined ? null : { path: chosen.path, wirePath: chosen.pathAsListed };
}

function byName(folders: readonly ListResponse[]): ListResponse | undefined {
  const ranked = folders
    .map((folder) => ({ folder, rank: rankDraftsName(folder.name), depth: folder.parent.length }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.depth - b.depth || a.rank - b.rank);
  return ranked[0]?.folder ?? folders.find((folder) => folder.specialUse === '\\Drafts');
}

/** The lower, the better known as a name of Drafts; negative where it is none. */
export function rankDraftsName(name: string): number {
  return usualNames.indexOf(fold(name));
}

/** Without case, width, and the invisible marks that right-to-left mail programs add. */
function fold(name: string): string {
  return name.normalize('NFKC').replaceAll(/[\u200e\u200f\u202a-\u202e]/g, '').trim().toLowerCase();
}
