import { hash } from 'node:crypto'
import { type JsonObject, type JsonValue, canonicalJson, canonicalObject } from '#shared/audit/index.ts'

/** The name of the form in which content is hashed and exported; another form gets another name. */
export const contentFormat = 'kopa-application/1'

/** Somebody in the consortium, as they stood. */
export type SealedParticipant = {
  id: string
  position: number
  role: string
  organisation: string | null
  name: string
  country: string
}

/** The declaration as it was made: its words, and by whom. */
export type SealedDeclaration = {
  version: string
  language: string
  /** The very sentences that were agreed to. */
  text: readonly string[]
  by: string
  organisation: string
}

/** A file that belongs to it: what it is called, and the SHA-256 of its content in hexadecimal. */
export type SealedFile = { path: string; name: string; bytes: number; sha256: string }

/** All that a submission says besides its answers. */
export type SealedFrame = {
  application: string
  call: string
  /** The revision of the call's terms that it was written under. */
  terms: string
  action: string
  edition: number
  field: string
  /** The version of the form. */
  form: number
  language: string
  title: string
  participants: readonly SealedParticipant[]
  budget: JsonValue
  files: readonly SealedFile[]
  declaration: SealedDeclaration | null
}

/** The content of an application, whole: what is frozen, exported, and checked again by anybody. */
export type SealedContent = SealedFrame & {
  format: typeof contentFormat
  /** By path: a text, or any other JSON. */
  answers: Readonly<Record<string, JsonValue>>
}

/** The answers' paths and digests (SHA-256 in hexadecimal), in any order. */
export type AnswerDigests = Iterable<readonly [path: string, digest: string]>

/** The digests of answers, as a manifest holds them: canonical JSON. */
export function writtenDigests(answers: AnswerDigests): string {
  return canonicalObject(Array.from(answers, ([path, digest]) => [path, canonicalJson(digest)]))
}

/**
 * The hash of a submission, in hexadecimal: SHA-256 of the canonical JSON of its manifest. That holds everything but
 * the answers themselves, for which their digests stand. So the hash of a long application costs as little as that of
 * a short one, and an answer can be proved without showing the others.
 * @param digests of the answers, written
 */
export function hashOf(frame: SealedFrame, digests: string): string {
  const said: JsonObject = { ...(frame as unknown as JsonObject), format: contentFormat }
  const members = Object.entries(said).map(([key, value]) => [key, canonicalJson(value!)] as const)
  return hash('sha256', canonicalObject([...members, ['answers', digests]]))
}

/** SHA-256 of the canonical JSON of what is answered in one field, in hexadecimal. */
export function digestOfAnswer(answer: JsonValue): string {
  return hash('sha256', canonicalJson(answer))
}

/** The hash of content that one holds whole. */
export function hashOfContent({ answers, format: _, ...frame }: SealedContent): string {
  const digests = Object.entries(answers).map(([path, answer]) => [path, digestOfAnswer(answer)] as const)
  return hashOf(frame, writtenDigests(digests))
}
