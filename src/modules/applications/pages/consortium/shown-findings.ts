import { formatDate, formatInstant } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import type { OutsideFindings } from '../../consortium/mandate.ts'

/** What was computed about a signed document, in words of a page. */
export function shownFindings({ signatures, document }: OutsideFindings, language: Language) {
  if ('problem' in signatures) return { problem: signatures.problem, document, signatures: [] }
  return {
    problem: undefined,
    document,
    signatures: signatures.signatures.map(
      ({ integrity, certificate, saysSignedAt, validThen, timeStamp }) => ({
        state: integrity.state,
        why: 'why' in integrity ? integrity.why : undefined,
        name: certificate?.name,
        organisation: certificate?.organisation,
        issuer: certificate?.issuer,
        from: certificate && formatDate(certificate.validFrom, language, 'medium'),
        until: certificate && formatDate(certificate.validUntil, language, 'medium'),
        at: saysSignedAt === undefined ? undefined : formatInstant(saysSignedAt, language),
        validThen,
        timeStamp
      })
    )
  }
}

export type ShownFindings = ReturnType<typeof shownFindings>
