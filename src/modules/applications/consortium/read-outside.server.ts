import { createHash } from 'node:crypto'
import { type HoldingFiles, type StoredFile } from '#shared/files/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { languages } from '#shared/texts/language.ts'
import type { Outline, Participant } from '../application.ts'
import { mandateToSign } from './mandate-document.server.ts'
import type { MandateText, OutsideFindings } from './mandate.ts'
import { readSignatures } from './signatures/read-signatures.server.ts'
import { addsOnlySignatures } from './signatures/signature-update.server.ts'

/** Looks at a document that was signed outside: its signatures, and whether it is the mandate that was made here. */
export async function readOutside(
  app: HoldingFiles,
  file: StoredFile,
  { outline, partner, text }: { outline: Outline; partner: Participant; text: MandateText }
): Promise<OutsideFindings> {
  const content = await app.files.storage.read(file.sha256)
  if (!content) throw new Error('A document that was just given is gone.')
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  const signatures = readSignatures(bytes, file.kind === 'pdf' ? 'pdf' : 'asice')
  for (const language of languages) {
    const ours = await mandateToSign(outline, partner, { text, language })
    if (!isRefused(ours) && holds(bytes, signatures, Buffer.from(ours)))
      return { signatures, document: 'made-here' }
  }
  return { signatures, document: 'another' }
}

/** A PDF is signed by an update that is appended to it; a container holds it as its only file. */
function holds(bytes: Buffer, signatures: OutsideFindings['signatures'], ours: Buffer): boolean {
  if (!('form' in signatures)) return false
  if (signatures.form === 'pades') return addsOnlySignatures(bytes, ours)
  const digest = createHash('sha256').update(ours).digest('hex')
  const files = Object.values(signatures.files ?? {})
  return files.length === 1 && files[0] === digest
}
