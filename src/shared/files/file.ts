import type { Temporal } from 'temporal-polyfill'
import type { FileKind } from './kinds.ts'

/** A file somebody gave us. */
export type StoredFile = {
  id: string
  sha256: string
  /** In bytes. */
  size: number
  kind: FileKind
  /** As it is shown and downloaded. */
  name: string
  /** What it was given for, such as organisations.evidence. */
  purpose: string
  /** Undefined: nobody, or somebody who was erased. */
  uploadedBy: string | undefined
  receivedAt: Temporal.Instant
  scan: FileScan
}

/** What is known of viruses in it. */
export type FileScan =
  /** This installation has no scanner. */
  | { state: 'not-scanned' }
  /** The scanner did not answer; it will be asked again. */
  | { state: 'waiting-for-scan' }
  | { state: 'clean'; at: Temporal.Instant }
  /** Its content is gone. */
  | { state: 'refused'; at: Temporal.Instant; finding: string }

/** What a scanner says. */
export type ScanResult =
  | { scan: 'clean' }
  | { scan: 'found'; finding: string }
  /** It does not answer. */
  | { scan: 'unavailable'; why: string }
  /** It answers that it cannot look at this file, which may be too large for it. */
  | { scan: 'unable'; why: string }

/** What follows from the scanner's answer; undefined: there is no scanner. */
export function scanned(result: ScanResult | undefined, at: Temporal.Instant): FileScan {
  if (!result) return { state: 'not-scanned' }
  if (result.scan === 'clean') return { state: 'clean', at }
  if (result.scan === 'found') return { state: 'refused', at, finding: result.finding }
  return { state: 'waiting-for-scan' }
}

/**
 * Whether a file may be handed out. One that waits for its scan goes to nobody but who gave it.
 * @param person who asks; undefined: nobody signed in
 */
export function mayDownload({ scan, uploadedBy }: StoredFile, person: string | undefined): boolean {
  if (scan.state === 'refused') return false
  return scan.state !== 'waiting-for-scan' || (person !== undefined && person === uploadedBy)
}
