/**
 * What was found out about the signatures of a document that was signed elsewhere. Only what can be computed from
 * the document itself is ever said: no list of trusted issuers, no revocation and no time stamp is asked for, so
 * that none of this says who a signature stands for in law. An officer decides where that matters.
 */

/** Whether the signed bytes are the ones that were signed, by the key of the certificate that stands beside it. */
export type Integrity =
  /** All of the document is signed and unchanged. */
  | { state: 'intact' }
  /** What was signed is unchanged, but it is not all that the document holds: `why` says what else there is. */
  | { state: 'intact-in-part'; why: 'added-afterwards' | 'files-not-signed' }
  /** Something was changed after it was signed, or the signature belongs to something else. */
  | { state: 'broken'; why: 'content-changed' | 'signature-wrong' | 'other-certificate' }
  /** Made in a way that is not read here. */
  | { state: 'not-checked'; why: 'way-not-known' | 'weak-digest' | 'time-stamp' | 'no-certificate' }

/** Whom the certificate names, as it says itself. */
export type Certificate = {
  name: string
  organisation: string | undefined
  country: string | undefined
  issuer: string
  /** ISO instants. */
  validFrom: string
  validUntil: string
  /** SHA-256 of the certificate, hexadecimal. */
  fingerprint: string
}

export type FoundSignature = {
  integrity: Integrity
  certificate: Certificate | undefined
  /** ISO instant, as the signer's own computer wrote it; undefined where it says nothing. */
  saysSignedAt: string | undefined
  /** Whether the certificate was valid at that moment; undefined where one of them is not known. */
  validThen: boolean | undefined
  /** Whether a time stamp of others is there. It is not verified. */
  timeStamp: boolean
}

/** What a document holds. */
export type SignaturesRead =
  | {
      form: 'pades' | 'asic-e'
      signatures: FoundSignature[]
      /** SHA-256 of each file of a container, hexadecimal, by its name. */
      files?: Record<string, string>
    }
  | {
      problem:
        | 'no-signature'
        | 'damaged'
        /** It unpacks to more, or has more parts or signatures, than a signed mandate ever has. */
        | 'too-much'
        /** It declares entities, has two parts of one name or two elements of one id: programs would disagree. */
        | 'ambiguous'
        | 'way-not-known'
    }

/** Whether nobody signed it electronically. */
export function isUnsigned(read: SignaturesRead): boolean {
  return 'problem' in read ? read.problem === 'no-signature' : read.signatures.length === 0
}

/** Whether everything that can be computed holds. It says nothing of who signed: an officer looks all the same. */
export function allIntact(read: SignaturesRead): boolean {
  return (
    'signatures' in read &&
    read.signatures.length > 0 &&
    read.signatures.every(({ integrity, validThen }) => integrity.state === 'intact' && validThen === true)
  )
}
