import { noteWith, readNote } from './signed-note.ts'

/** What a head says: so many entries, in this order, by this moment. */
export type HeadStatement = {
  size: number
  root: Buffer
  /** 2026-11-22T02:33:26.123456Z. */
  sealedAt: string
}

/** A head, and who signed it. */
export type Head = HeadStatement & { publicKey: Buffer; signature: Buffer }

/** The lines of its note: a checkpoint as in c2sp.org/tlog-checkpoint, with the moment below. */
export const headLines = ({ size, root, sealedAt }: HeadStatement) => [
  String(size),
  root.toString('base64'),
  `sealed ${sealedAt}`
]

export function headNote(log: string, head: Head): string {
  return noteWith(log, head.publicKey, headLines(head), head.signature)
}

/** The head that a note holds, signed by one of these keys; undefined when it is none. */
export function readHead(note: string, log: string, keys: readonly Uint8Array[]): HeadStatement | undefined {
  for (const key of keys) {
    const statement = statementOf(readNote(note, log, key) ?? [])
    if (statement) return statement
  }
  return undefined
}

/** What a note says, whoever signed it, and of which log; undefined when it is no head. */
export function unsignedHead(note: string): (HeadStatement & { log: string }) | undefined {
  const [log, ...lines] = note.split('\n')
  const statement = statementOf(lines)
  return statement && { log: log!, ...statement }
}

function statementOf([size, root, sealed]: readonly string[]): HeadStatement | undefined {
  if (!size || !/^(0|[1-9]\d{0,15})$/.test(size) || !root || !sealed?.startsWith('sealed ')) return undefined
  return { size: Number(size), root: Buffer.from(root, 'base64'), sealedAt: sealed.slice('sealed '.length) }
}
