import type { KeysOf, Say } from '../texts/language.ts'
import { type FileKind, fileKinds } from './kinds.ts'

/** Why a file was not taken. Nothing of it was kept. */
export type FileRefusal =
  | { refused: 'empty' | 'broke-off' | 'damaged' }
  /** The disk is full: ours to mend. */
  | { refused: 'no-room' }
  /** `limit` in bytes. */
  | { refused: 'too-large'; limit: number }
  | { refused: 'wrong-kind'; accepts: readonly FileKind[] }
  | { refused: 'infected'; finding: string }
  /** An image with more than `limit` million pixels. */
  | { refused: 'too-many-pixels'; limit: number }

/** Why a file is not handed out. */
export type DownloadRefusal = { refused: 'not-there' | 'waiting-for-scan' | 'infected' }

type Key = KeysOf<'files'>

/** What happened to the file and what to do, in a sentence or two. */
export function fileRefusalText(refusal: FileRefusal, t: Say<Key>): string {
  switch (refusal.refused) {
    case 'too-large':
      return t('files.too-large', { limit: refusal.limit / 1e6 })
    case 'too-many-pixels':
      return t('files.too-many-pixels', { limit: refusal.limit })
    case 'infected':
      return t('files.infected', { finding: refusal.finding })
    case 'wrong-kind':
      return t('files.wrong-kind', { kinds: kindsText(refusal.accepts) })
    default:
      return t(`files.refused.${refusal.refused}`)
  }
}

/** Kinds of files as people know them: PDF, DOCX, ASiC-E, EDOC. */
export function kindsText(kinds: readonly FileKind[]): string {
  return kinds
    .map((kind) => fileKinds[kind])
    .map((one) => ('known' in one ? one.known : one.extension.toUpperCase()))
    .join(', ')
}

/** Why a file is not handed out now. */
export function downloadRefusalText({ refused }: DownloadRefusal, t: Say<Key>): string {
  return t(`files.download.${refused}`)
}
