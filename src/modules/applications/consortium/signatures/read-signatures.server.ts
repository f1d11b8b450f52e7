import { readAsic } from './asic.server.ts'
import { readPades } from './pades.server.ts'
import type { SignaturesRead } from './signature.ts'

/** Everything that a signed document itself says about its signatures. It never throws because of what it holds. */
export function readSignatures(content: Buffer, kind: 'pdf' | 'asice'): SignaturesRead {
  try {
    return kind === 'pdf' ? readPades(content) : readAsic(content)
  } catch {
    return { problem: 'damaged' }
  }
}
